using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Postlotse.Delivery;
using Postlotse.Web.Api;
using Web.Tests.Running;
using Xunit;

namespace Web.Tests.Api;

public sealed class ReceiptTests
{
    private static readonly Uri s_address = new("/api/receipts", UriKind.Relative);

    [Fact]
    public async Task Delivery_GivesAReceiptAndItsStatus()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        using var answer = await SendAsync(
            client, Corpus.Pdf, ("X-File-Name", "brief%20eins.pdf"), ("X-Received-At", "2026-11-20T06:45:00+01:00"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var receipt = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("brief eins.pdf", receipt.RootElement.GetProperty("sourceName").GetString());
        Assert.Equal("api", receipt.RootElement.GetProperty("channel").GetString());
        var receivedAt = receipt.RootElement.GetProperty("receivedAt").GetDateTimeOffset();
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 5, 45, 0, TimeSpan.Zero), receivedAt);
        using var status = JsonDocument.Parse(await client.GetStringAsync(answer.Headers.Location));
        Assert.Equal("underway", status.RootElement.GetProperty("place").GetString());
    }

    [Fact]
    public async Task SameKeyAgain_GivesTheFirstReceipt()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        using var first = await SendAsync(client, Corpus.Pdf, ("Idempotency-Key", "k1"));
        using var again = await SendAsync(client, Corpus.Pdf, ("Idempotency-Key", "k1"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        using var other = await SendAsync(client, [1, 2, 3], ("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("application/problem+json", other.Content.Headers.ContentType!.MediaType);
        var problem = await other.Content.ReadAsStringAsync();
        Assert.Contains("This Idempotency-Key was used", problem, StringComparison.Ordinal);
        Assert.Contains("Dieser Idempotency-Key wurde", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_TakesExactlyOneFile()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        using var one = new MultipartFormDataContent { { new ByteArrayContent(Corpus.Pdf), "file", "eins.pdf" } };
        using var taken = await client.PostAsync(s_address, one);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        using var two = new MultipartFormDataContent
        {
            { new ByteArrayContent(Corpus.Pdf), "file", "eins.pdf" }, { new ByteArrayContent(Corpus.Pdf), "file", "zwei.pdf" },
        };
        using var refused = await client.PostAsync(s_address, two);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Manifest_ComesAsAFurtherFileOrFieldOfTheForm(bool asFile)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        const string Manifest = """{"sheets":2,"duplex":false,"pages":2}""";
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Corpus.Pdf), "file", "eins.pdf" } };
        if (asFile) form.Add(new StringContent(Manifest), "manifest", "eins.manifest.json");
        else form.Add(new StringContent(Manifest), "manifest");
        using var taken = await client.PostAsync(s_address, form);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var letter = await app.Queries.LetterAsync((await app.Queries.RecentReceiptsAsync(1, null))[0].Receipt.LetterId);
        Assert.Equal((2, 2, null), (letter!.Manifest!.Sheets, letter.Manifest.Pages, letter.Manifest.Fault));
    }

    [Fact]
    public async Task FormThatIsTooLargeOrNone_IsTheSendersFault()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        using var large = new MultipartFormDataContent { { new ByteArrayContent(new byte[3 * 1024 * 1024]), "file", "gross.pdf" } };
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "fileTooLarge"), await RefusalAsync(client.PostAsync(s_address, large)));
        using var broken = new ByteArrayContent("--x\r\nkein Formular"u8.ToArray());
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal((HttpStatusCode.BadRequest, "malformedForm"), await RefusalAsync(client.PostAsync(s_address, broken)));
        Assert.Empty(await app.Queries.RecentReceiptsAsync(1, null));
    }

    [Fact]
    public async Task BadDelivery_IsRefusedWithItsReason()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await ClientAsync(app);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "emptyFile"), await RefusalAsync(SendAsync(client, [])));
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "fileTooLarge"), await RefusalAsync(SendAsync(client, new byte[1024 * 1024 + 10])));
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "invalidReceivedAt"),
            await RefusalAsync(SendAsync(client, Corpus.Pdf, ("X-Received-At", "gestern"))));
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "invalidReceivedAt"),
            await RefusalAsync(SendAsync(client, Corpus.Pdf, ("X-Received-At", "2026-11-20T06:45:00"))));
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "keyTooLong"),
            await RefusalAsync(SendAsync(client, Corpus.Pdf, ("Idempotency-Key", new string('k', 300)))));
        Assert.Empty(await app.Queries.RecentReceiptsAsync(1, null));
    }

    [Fact]
    public async Task WithoutAToken_NothingIsTaken()
    {
        await using var app = await TestApp.StartAsync();
        using var nobody = app.Client();
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorised"), await RefusalAsync(SendAsync(nobody, Corpus.Pdf)));
        using var office = await ClientAsync(app, Role.Office);
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), await RefusalAsync(SendAsync(office, Corpus.Pdf)));
        using var revoked = await ClientAsync(app, Role.Mailroom, "weg");
        var account = (await app.Accounts.FindByNameAsync("weg"))!;
        var token = (await app.Tokens.ListAsync(account.Id, CancellationToken.None))[0];
        await app.Tokens.RevokeAsync(token.Id, account.Id, "system", CancellationToken.None);
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthorised"), await RefusalAsync(SendAsync(revoked, Corpus.Pdf)));
        Assert.Empty(await app.Queries.RecentReceiptsAsync(1, null));
    }

    private static async Task<HttpClient> ClientAsync(TestApp app, Role role = Role.Mailroom, string? name = null)
    {
        var account = await app.AddAccountAsync(name ?? "programm-" + role.ToString().ToLowerInvariant(), role, "32.2");
        var token = TokenHandler.NewToken();
        await app.Tokens.AddAsync("t-" + account.Name, account, "Test", TokenHandler.Hash(token), "system", CancellationToken.None);
        var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] bytes, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, s_address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await client.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, string? Code)> RefusalAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, problem.RootElement.GetProperty("code").GetString());
    }
}
