using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Postlotse.App.Settings;
using Postlotse.Letters;
using Postlotse.Responsibility.LanguageModels;

namespace Postlotse.App.LanguageModels;

/// <summary>
/// A language model behind an address of the common form "chat completions" (Ollama, vLLM, llama.cpp). One try with one limit for
/// connection, answer and reading together; no redirection, no proxy, no cookies; answers are foreign data.
/// </summary>
internal sealed class ChatEndpoint : ILanguageModel, IDisposable
{
    /// <summary>An answer is a number in some wrapping; whatever is longer is none.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>So many failures in a row, and letters go on without asking for a while.</summary>
    public const int FailuresBeforePause = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly LanguageModelSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly Lock _lock = new();
    private int _failures;
    private long _failedAt;

    /// <summary>Contacts nobody yet.</summary>
    /// <param name="settings">Where and how.</param>
    /// <param name="key">Sent as a bearer token; null: none.</param>
    /// <param name="clock">Times limit and pause.</param>
    /// <param name="log">Told of failures, never of a letter's or the model's words.</param>
    public ChatEndpoint(LanguageModelSettings settings, string? key, TimeProvider clock, ILogger log)
    {
        (_settings, _clock, _log) = (settings, clock, log);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectCallback = LocalNetwork.ConnectAsync,
        }) { Timeout = Timeout.InfiniteTimeSpan };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    /// <inheritdoc />
    public string Name => _settings.Model;

    /// <inheritdoc />
    public async Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (IsPaused()) return new("", LanguageModelAnswer.Paused);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_settings.TimeoutSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (reply, cause) = (new ModelReply("", LanguageModelAnswer.Unreachable), "");
        try
        {
            (reply, cause) = await SendAsync(question, either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            reply = new("", LanguageModelAnswer.Slow);
        }
        catch (Exception e)
        {
            // Whatever it is: the letter is decided without it.
            cause = (e.InnerException ?? e).Message;
        }

        Note(reply.Failure, cause);
        return reply;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<(ModelReply Reply, string Cause)> SendAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        using var content = new StringContent(Request(question), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_settings.Url!.AbsoluteUri.TrimEnd('/') + "/chat/completions"))
        {
            Content = content,
        };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode) return (new("", LanguageModelAnswer.Refused), "HTTP " + (int)response.StatusCode);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return (length <= MostBytes && WordsOf(bytes.AsMemory(0, length)) is { } words
            ? new ModelReply(words) : new ModelReply("", LanguageModelAnswer.Unusable), "");
    }

    private string Request(ModelQuestion question) => JsonSerializer.Serialize(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["model"] = _settings.Model, ["temperature"] = 0, ["max_tokens"] = 1024, ["stream"] = false,
            ["messages"] = new[]
            {
                new { Role = "system", Content = question.Instructions }, new { Role = "user", Content = question.Data },
            },
            ["response_format"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["type"] = "json_schema",
                ["json_schema"] = new { Name = "choice", Strict = true, Schema = Schema(question.Choices) },
            },
        },
        PostlotseJson.Compact);

    private static object Schema(int choices) => new
    {
        Type = "object", Required = new[] { "choice" }, AdditionalProperties = false,
        Properties = new { Choice = new { Type = "integer", Enum = Enumerable.Range(0, choices + 1) } },
    };

    /// <summary>The words of the first answer; null when it is none.</summary>
    private static string? WordsOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            var completion = JsonSerializer.Deserialize<Completion>(json.Span, PostlotseJson.Compact);
            return completion is { Choices: [{ Message.Content: { } words }, ..] } ? words : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsPaused()
    {
        lock (_lock) return _failures >= FailuresBeforePause && _clock.GetElapsedTime(_failedAt) < Pause;
    }

    private void Note(LanguageModelAnswer? failure, string cause)
    {
        var failed = failure is LanguageModelAnswer.Slow or LanguageModelAnswer.Refused or LanguageModelAnswer.Unreachable;
        lock (_lock)
        {
            if (!failed && _failures >= FailuresBeforePause) _log.LogInformation("Language model {Model} answers again", Name);
            _failures = failed ? _failures + 1 : 0;
            _failedAt = _clock.GetTimestamp();
        }

        if (failure is not null)
            _log.LogWarning("Language model {Model}: {Failure} {Cause}; the letter is decided without it", Name, failure, cause);
    }

    private sealed record Completion(IReadOnlyList<Answer?>? Choices);

    private sealed record Answer(Words? Message);

    private sealed record Words(string? Content);
}
