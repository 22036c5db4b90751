using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Shared;

public sealed class LiveTests
{
    [Fact]
    public async Task News_ComeToTheOfficeConcernedAlone()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddAccountAsync("eins", Role.Office, "32.2");
        await app.AddAccountAsync("zwei", Role.Office, "32.3");
        await app.AddAccountAsync("prüfer", Role.Auditor);
        await app.AddAccountAsync("post", Role.Mailroom);
        using var first = await StreamAsync(app, "eins");
        using var second = await StreamAsync(app, "zwei");
        using var auditor = await StreamAsync(app, "prüfer");
        using var mailroom = await StreamAsync(app, "post");
        await app.AddLetterAsync(
            l => l with { Place = Place.Postkorb, Unit = "32.2", DeliveredAt = DateTimeOffset.UnixEpoch },
            EventKind.Delivered, data: """{"unit":"32.2"}""");
        await first.ChangedAsync();
        await mailroom.ChangedAsync();
        // What comes next for the second is its own letter; nothing told it of the first one.
        await app.AddLetterAsync(
            l => l with { Place = Place.Postkorb, Unit = "32.3", DeliveredAt = DateTimeOffset.UnixEpoch },
            EventKind.Delivered, data: """{"unit":"32.3"}""");
        await second.ChangedAsync();
        Assert.Equal((1, 1, 0), (first.Changes, second.Changes, auditor.Changes));
    }

    [Fact]
    public async Task Stream_EndsWithTheSession()
    {
        await using var app = await TestApp.StartAsync();
        var account = await app.AddAccountAsync("eins", Role.Office, "32.2");
        using var stream = await StreamAsync(app, "eins");
        await app.Accounts.EndSessionsAsync(account.Id);
        await app.AddLetterAsync(
            l => l with { Place = Place.Postkorb, Unit = "32.2", DeliveredAt = DateTimeOffset.UnixEpoch },
            EventKind.Delivered, data: """{"unit":"32.2"}""");
        await stream.EndAsync();
        Assert.Equal(0, stream.Changes);
    }

    /// <summary>A stream opened with the cookie of a person who signed in, past its first lines.</summary>
    private static async Task<NewsStream> StreamAsync(TestApp app, string name)
    {
        await using var visitor = await Visitor.SignInAsync(app, name);
        var cookie = (await visitor.Page.Context.CookiesAsync()).Single(c => c.Name == "postlotse");
        var live = await visitor.Page.Locator("body").GetAttributeAsync("data-live");
        return await NewsStream.OpenAsync(app.Client(), live!, cookie.Name + "=" + cookie.Value);
    }

    private sealed class NewsStream(HttpClient client, StreamReader reader) : IDisposable
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

        public int Changes { get; private set; }

        public static async Task<NewsStream> OpenAsync(HttpClient client, string address, string cookie)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            var stream = new NewsStream(client, new(await client.GetStreamAsync(new Uri(address, UriKind.Relative))));
            // The first answer: nothing new, or what a page from before the first look cannot know.
            while (await stream.LineAsync() is { } line && line != ": still here" && !line.StartsWith("event:", StringComparison.Ordinal))
            {
            }

            stream.Changes = 0;
            return stream;
        }

        public async Task ChangedAsync()
        {
            for (var before = Changes; Changes == before;) Assert.NotNull(await LineAsync());
        }

        public async Task EndAsync()
        {
            while (await LineAsync() is not null)
            {
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            client.Dispose();
        }

        private async Task<string?> LineAsync()
        {
            var line = await reader.ReadLineAsync().WaitAsync(s_patience);
            if (line == "event: changed") Changes++;
            return line;
        }
    }
}
