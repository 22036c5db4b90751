using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Web.Batches;

/// <summary>What a person said of a batch's pages, out of the form of its page.</summary>
internal static class StatedPages
{
    /// <summary>Name of the field that says what a page is.</summary>
    public static string RoleField(int page) => "role-" + page.ToString(CultureInfo.InvariantCulture);

    /// <param name="form">Field "begins" once for each page on which a letter begins, and a role for each page.</param>
    /// <param name="count">Pages of the batch; a page without a role is one of a letter.</param>
    public static IReadOnlyList<StatedPage> Read(IFormCollection form, int count)
    {
        var begins = form["begins"].ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(1, count).Select(page => new StatedPage(
            begins.Contains(page.ToString(CultureInfo.InvariantCulture)), RoleOf(form[RoleField(page)])))];
    }

    /// <summary>
    /// Order and turns of the pages; null when nothing of it was changed, or the form (without its script) says nothing of it.
    /// </summary>
    /// <param name="form">Field "arrangement", see <see cref="Named"/>. What is no such text gives no pages, which fit no batch.</param>
    /// <param name="count">Pages of the batch.</param>
    public static IReadOnlyList<MovedPage>? ReadArrangement(IFormCollection form, int count)
    {
        var text = form["arrangement"].ToString();
        if (text.Length == 0 || string.Equals(text, Named(count), StringComparison.Ordinal)) return null;
        var moved = new List<MovedPage>();
        foreach (var part in text.Split(','))
        {
            var parts = part.Split(':');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var turn))
                return [];
            moved.Add(new(page, turn));
        }

        return moved;
    }

    /// <summary>Pages as they are, "1:0,2:0": each with its clockwise turn in degrees.</summary>
    public static string Named(int count) =>
        string.Join(',', Enumerable.Range(1, count).Select(n => FormattableString.Invariant($"{n}:0")));

    private static PageRole RoleOf(string? text) =>
        Enum.TryParse<PageRole>(text, out var role) && Enum.IsDefined(role) ? role : PageRole.Letter;
}
