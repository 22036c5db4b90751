using System.Xml.Linq;

namespace Tidy.Rules;

/// <summary>Project files: versions in one place, every package explained, every restore reproducible.</summary>
internal static class Projects
{
    public static IEnumerable<string> OwnVersions(string file, string xml) =>
        from reference in XDocument.Parse(xml).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            || reference.Element("Version") is not null
        select $"{file}: {(string?)reference.Attribute("Include")} has a version of its own";

    public static IEnumerable<string> Packages(string propsXml) =>
        XDocument.Parse(propsXml).Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!);

    public static IEnumerable<string> References(string xml) =>
        XDocument.Parse(xml).Descendants("PackageReference").Select(p => (string?)p.Attribute("Include") ?? "");

    /// <summary>The list packages=(…) of a shell script.</summary>
    public static IEnumerable<string> DebianPackages(string script) => string
        .Join('\n', script.Split("packages=(", 2)[1].Split('\n').Select(l => l.Split('#')[0])).Split(')')[0]
        .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Words of the records are taken between back ticks, so that "Dapper.X" does not explain "Dapper".</summary>
    public static IEnumerable<string> Unexplained(IEnumerable<string> packages, string records) =>
        packages.Where(p => !records.Contains($"`{p}`", StringComparison.Ordinal)).Select(p => $"no record in docs/adr explains `{p}`");
}
