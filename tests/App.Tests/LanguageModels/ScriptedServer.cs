using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postlotse.App.Tests.LanguageModels;

/// <summary>A local HTTP server that writes what it is told, byte for byte, and keeps what it was sent.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _requests = [];
    private readonly Task _run;

    public ScriptedServer(Func<Stream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _run = RunAsync(answer);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/v1/");

    public IReadOnlyList<string> Requests => _requests;

    /// <summary>Answers with a whole body.</summary>
    public static ScriptedServer Saying(string body, string status = "200 OK", string headers = "") => new((stream, stop) =>
        WriteAsync(stream, string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), stop));

    public static async Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _run;
        _stop.Dispose();
    }

    private async Task RunAsync(Func<Stream, CancellationToken, Task> answer)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                _requests.Add(await ReadAsync(stream));
                await answer(stream, _stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side gave up, or the test is over.
            }
        }
    }

    private async Task<string> ReadAsync(Stream stream)
    {
        var (text, buffer) = (new MemoryStream(), new byte[8192]);
        while (true)
        {
            var soFar = Encoding.UTF8.GetString(text.ToArray());
            var body = soFar.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (body >= 0)
            {
                var length = soFar.Split("\r\n")
                    .First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..];
                if (text.Length - body - 4 >= int.Parse(length, CultureInfo.InvariantCulture)) return soFar;
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) return soFar;
            text.Write(buffer, 0, read);
        }
    }
}
