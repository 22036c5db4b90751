using System.Net;
using System.Text.RegularExpressions;
using Postlotse.Delivery;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Shared;

public sealed class SecurityTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/postkorb")]
    [InlineData("/clearing")]
    [InlineData("/intake")]
    [InlineData("/accounts")]
    [InlineData("/evidence")]
    [InlineData("/offices")]
    [InlineData("/password")]
    [InlineData("/letters/x/pdf")]
    public async Task Page_IsForPeopleSignedIn(string address)
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client();
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/signin?back=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_CarriesItsProtection()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client();
        using var answer = await client.GetAsync(new Uri("/signin", UriKind.Relative));
        var policy = string.Join("", answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(app.Log);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), c => Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotMatch("""style="|<script>|onclick=""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Health_AnswersAnybody()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client();
        Assert.Equal("ok", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task PostWithoutItsToken_IsRefused()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("amt", Role.Office, "32.2");
        using var client = app.Client();
        using var form = new FormUrlEncodedContent([new("name", "amt"), new("password", TestApp.Password)]);
        using var answer = await client.PostAsync(new Uri("/signin", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [];
        Assert.DoesNotContain(cookies, c => c.StartsWith("postlotse=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManySignIns_AreSlowedDown()
    {
        await using var app = await TestApp.StartAsync(s => s with { SignInsPerAddress = 2 });
        using var client = app.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var form = new FormUrlEncodedContent([new("name", "amt")]);
            using var answer = await client.PostAsync(new Uri("/signin", UriKind.Relative), form);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.TooManyRequests)]
    [InlineData("10.9.8.7", HttpStatusCode.TooManyRequests)]
    [InlineData("127.0.0.1", HttpStatusCode.BadRequest)]
    public async Task ForwardedAddress_IsBelievedFromATrustedProxyAlone(string? proxy, HttpStatusCode last)
    {
        await using var app = await TestApp.StartAsync(s => s with
        {
            SignInsPerAddress = 2, TrustedProxies = proxy is null ? [] : [new(IPAddress.Parse(proxy), 32)],
        });
        using var client = app.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var form = new FormUrlEncodedContent([new("name", "amt")]);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/signin", UriKind.Relative)) { Content = form };
            request.Headers.Add("X-Forwarded-For", "192.0.2." + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var answer = await client.SendAsync(request);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(last, statuses[^1]);
    }

    [Fact]
    public async Task ForwardedProtocol_MakesCookiesSecureFromATrustedProxyAlone()
    {
        foreach (var trusted in new[] { true, false })
        {
            await using var app = await TestApp.StartAsync(s => s with { TrustedProxies = trusted ? [new(IPAddress.Loopback, 32)] : [] });
            using var client = app.Client();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/signin", UriKind.Relative));
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await client.SendAsync(request);
            var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
            Assert.Equal(trusted, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Health_NamesTheInstance()
    {
        await using var app = await TestApp.StartAsync(s => s with { Instance = "a7" });
        using var client = app.Client();
        Assert.Equal("ok a7", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task Asset_MayBeKeptForEver()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client();
        var page = await client.GetStringAsync(new Uri("/signin", UriKind.Relative));
        var address = Regex.Match(page, "/assets/[^\"]+app.js", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        using var missing = await client.GetAsync(new Uri("/assets/x/no.js", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
