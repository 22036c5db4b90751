using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Postlotse.Web.Shared;

/// <summary>A sentence that one page wants the next one to say.</summary>
/// <param name="Text">In the person's language.</param>
/// <param name="Good">Success; else something to look at.</param>
public sealed record Notice(string Text, bool Good);

/// <summary>Carries notices over a redirect in an encrypted cookie that is read once.</summary>
internal sealed class Notices(IDataProtectionProvider protection)
{
    private const string Cookie = "postlotse-notice";
    private readonly IDataProtector _protector = protection.CreateProtector("notices");

    public void Leave(HttpContext http, string text, bool good = true)
    {
        var bytes = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Notice(text, good)));
        http.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(bytes), Options(http));
    }

    public Notice? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var value) || http.Request.Headers.ContainsKey("HX-Request")) return null;
        http.Response.Cookies.Delete(Cookie, Options(http));
        try
        {
            return JsonSerializer.Deserialize<Notice>(_protector.Unprotect(WebEncoders.Base64UrlDecode(value)));
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException or JsonException)
        {
            return null; // foreign or of an older key: nothing worth saying
        }
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1),
        IsEssential = true,
    };
}
