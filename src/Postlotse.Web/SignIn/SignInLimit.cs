using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Postlotse.Web.SignIn;

/// <summary>Limits the attempts to sign in to one account from one network address; nobody elsewhere is kept out by them.</summary>
internal sealed class SignInLimit(WebSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<(string Address, string Name)> _limiter =
        PartitionedRateLimiter.Create<(string Address, string Name), (string, string)>(who => RateLimitPartition.GetFixedWindowLimiter(
            who, _ => new() { PermitLimit = settings.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Whether one more attempt is allowed now.</summary>
    public bool Allows(HttpContext http, string name)
    {
        using var lease = _limiter.AttemptAcquire((ClientAddress.Of(http), name.Trim().ToLowerInvariant()));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
