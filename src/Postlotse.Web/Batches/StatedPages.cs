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

    private static PageRole RoleOf(string? text) =>
        Enum.TryParse<PageRole>(text, out var role) && Enum.IsDefined(role) ? role : PageRole.Letter;
}
