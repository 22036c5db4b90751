using System.Net;
using System.Net.Sockets;
using Postlotse.App.Cli;

namespace Postlotse.App.LanguageModels;

/// <summary>
/// Connections that cannot leave the operator's network by mistake: only to loopback, private and link-local addresses, judged at every
/// connection after the name is resolved (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291).
/// </summary>
internal static class LocalNetwork
{
    private static readonly IPNetwork[] Networks =
    [
        .. ((string[])["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "::1/128",
            "fc00::/7", "fe80::/10"]).Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Whether an address belongs to no public network.</summary>
    public static bool Holds(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(n => n.Contains(plain));
    }

    /// <summary>Connects to the first local address of a name that answers.</summary>
    /// <exception cref="IOException">It has no local address.</exception>
    /// <exception cref="SocketException">None answers, or the name is unknown.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var local = Array.FindAll(await Dns.GetHostAddressesAsync(host, cancellationToken), Holds);
        if (local.Length == 0) throw new IOException(Texts.Of(TextKey.LanguageModelPublic, host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(local, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
