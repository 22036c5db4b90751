using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Postlotse.App.Cli;
using Postlotse.App.LanguageModels;
using Postlotse.App.Settings;
using Postlotse.Letters;
using Postlotse.Responsibility.LanguageModels;
using Xunit;

namespace Postlotse.App.Tests.LanguageModels;

/// <summary>What a language model's server may do without harm.</summary>
public sealed class ChatEndpointTests
{
    private const string Right = """{"choices":[{"message":{"role":"assistant","content":"{\"choice\": 2}"},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task Answer_IsHandedOn_AndNothingButTheQuestionIsSent()
    {
        await using var server = ScriptedServer.Saying(Right);

        Assert.Equal(new("{\"choice\": 2}"), await AskAsync(server.Url, key: "s3cret"));

        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", request, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal("small", json.RootElement.GetProperty("model").GetString());
        var messages = json.RootElement.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["system", "user"], messages.Select(m => m.GetProperty("role").GetString()));
        Assert.Equal(Question.Data, messages[1].GetProperty("content").GetString());
        var schema = json.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");
        var choice = schema.GetProperty("properties").GetProperty("choice");
        Assert.Equal([0, 1, 2], choice.GetProperty("enum").EnumerateArray().Select(n => n.GetInt32()));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Amt 2")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":[null]}")]
    [InlineData("{\"choices\":7}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null}}]}")]
    public async Task AnswerOfAnotherForm_IsUnusable(string body)
    {
        await using var server = ScriptedServer.Saying(body);
        Assert.Equal(LanguageModelAnswer.Unusable, (await AskAsync(server.Url)).Failure);
    }

    [Fact]
    public async Task EndlessAnswer_IsCutOff()
    {
        await using var server = new ScriptedServer(async (stream, stop) =>
        {
            await ScriptedServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", stop);
            while (true) await ScriptedServer.WriteAsync(stream, new string(' ', 65536), stop);
        });
        Assert.Equal(LanguageModelAnswer.Unusable, (await AskAsync(server.Url, seconds: 60)).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"choices\":[")]
    public async Task AnswerThatNeverEnds_TakesNoLongerThanItsTime(string beginning)
    {
        await using var server = new ScriptedServer(async (stream, stop) =>
        {
            await ScriptedServer.WriteAsync(stream, beginning, stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        Assert.Equal(LanguageModelAnswer.Slow, (await AskAsync(server.Url, seconds: 1)).Failure);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    public async Task Error_IsNoVote(string status)
    {
        await using var server = ScriptedServer.Saying(Right, status);
        Assert.Equal(LanguageModelAnswer.Refused, (await AskAsync(server.Url)).Failure);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    public async Task Redirection_IsNotFollowed(string status)
    {
        await using var target = ScriptedServer.Saying(Right);
        await using var server = ScriptedServer.Saying("", status, $"Location: {target.Url}chat/completions\r\n");
        Assert.Equal(LanguageModelAnswer.Refused, (await AskAsync(server.Url)).Failure);
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsNotAskedForAWhileAfterThreeTries()
    {
        Uri url;
        await using (var server = ScriptedServer.Saying(Right)) url = server.Url;
        using var endpoint = Endpoint(url);
        for (var i = 0; i < ChatEndpoint.FailuresBeforePause; i++) Assert.Equal(LanguageModelAnswer.Unreachable, await FailureAsync());
        Assert.Equal(LanguageModelAnswer.Paused, await FailureAsync());

        async Task<LanguageModelAnswer?> FailureAsync() => (await endpoint.AskAsync(Question, CancellationToken.None)).Failure;
    }

    [Fact]
    public async Task StageThatEnds_IsNoFailureOfTheModel()
    {
        await using var server = new ScriptedServer((_, stop) => Task.Delay(Timeout.Infinite, stop));
        using var endpoint = Endpoint(server.Url, seconds: 60);
        using var stage = new CancellationTokenSource();
        var asking = endpoint.AskAsync(Question, stage.Token);
        await stage.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.20.30.40", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("203.0.113.5", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("0.0.0.0", false)]
    public void OnlyAddressesOfNoPublicNetwork_AreLocal(string address, bool local) =>
        Assert.Equal(local, LocalNetwork.Holds(IPAddress.Parse(address)));

    [Fact]
    public async Task PublicAddress_IsNotConnectedTo()
    {
        // As if a name had been resolved to it: the settings refuse it as it stands.
        var log = new LogLines();
        using var endpoint = new ChatEndpoint(
            new() { Url = new("http://203.0.113.5/v1"), Model = "small", TimeoutSeconds = 60 }, null, TimeProvider.System, log);
        Assert.Equal(LanguageModelAnswer.Unreachable, (await endpoint.AskAsync(Question, CancellationToken.None)).Failure);
        Assert.Contains(Texts.Of(TextKey.LanguageModelPublic, "203.0.113.5"), Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private static ModelQuestion Question { get; } = new(
        new() { Id = "1", Subject = "Hund", Body = "Ich melde meinen Hund ab." },
        [new("a", "Steueramt", [], ["Hundesteuer"]), new("b", "Tiefbauamt", [], ["Straßen"])]);

    private static async Task<ModelReply> AskAsync(Uri url, int seconds = 20, string? key = null)
    {
        using var endpoint = Endpoint(url, seconds, key);
        return await endpoint.AskAsync(Question, CancellationToken.None);
    }

    private static ChatEndpoint Endpoint(Uri url, int seconds = 20, string? key = null) => new(
        new() { Url = url, Model = "small", TimeoutSeconds = seconds }, key, TimeProvider.System, NullLogger.Instance);

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
