using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Postlotse.Web.Shared;

/// <summary>A page that says what went wrong and what to do.</summary>
public sealed record Problem(string Title, string What);

/// <summary>Answers for everything that is not as it should be: a page for people, problem+json (RFC 9457) for programs.</summary>
internal static class Problems
{
    private static readonly CultureInfo s_german = CultureInfo.GetCultureInfo("de");
    private static readonly CultureInfo s_english = CultureInfo.GetCultureInfo("en");

    /// <summary>The page of a status without a body: 400, 403, 404, 405, 429, 500.</summary>
    public static IResult Page(HttpContext http, Frames frames, int status)
    {
        var known = status is 400 or 403 or 404 or 413 or 429 ? status : status < 500 ? 400 : 500;
        var key = "problem." + known.ToString(CultureInfo.InvariantCulture);
        return frames.Page<ProblemPage>(http, new Problem(T.Of(key + ".title"), T.Of(key + ".what")), status);
    }

    /// <summary>For programs, in both languages; text keys are "api.KEY".</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="key">Closed code of the problem; documented for callers.</param>
    /// <param name="detail">Completes the text (a limit, a name); may be empty.</param>
    public static IResult Json(int status, string key, string detail = "") =>
        Json(status, key, language => T.In(language, "api." + key) + (detail.Length == 0 ? "" : " " + detail));

    /// <summary>The same with a text of any source.</summary>
    public static IResult Json(int status, string code, Func<CultureInfo, string> text) => Results.Json(
        new { type = "about:blank", status, code, title = text(s_english), detail = text(s_english), titel = text(s_german) },
        contentType: "application/problem+json", statusCode: status);
}
