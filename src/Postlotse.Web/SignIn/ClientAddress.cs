using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Postlotse.Web.SignIn;

/// <summary>Network address that sign-ins are counted by.</summary>
internal static class ClientAddress
{
    private const int SubscriberBytes = 8;

    /// <summary>An IPv4 address; of IPv6 the network of the subscriber (64 bits), who has all addresses in it.</summary>
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    public static string Of(IPAddress address)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (real.AddressFamily != AddressFamily.InterNetworkV6) return real.ToString();
        var bytes = real.GetAddressBytes();
        Array.Clear(bytes, SubscriberBytes, bytes.Length - SubscriberBytes);
        return new IPAddress(bytes) + "/64";
    }
}
