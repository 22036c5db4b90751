using Xunit;

namespace Tidy;

/// <summary>How a rule speaks: the list of what breaks it, each with its place.</summary>
internal static class Check
{
    public static void None(IEnumerable<string> violations)
    {
        var list = violations.ToList();
        Assert.True(list.Count == 0, $"{list.Count} against the house style:\n" + string.Join("\n", list));
    }

    /// <summary>Proof that a rule can fail: the bad sample must be found, once.</summary>
    public static void Finds(string part, IEnumerable<string> violations)
    {
        var found = Assert.Single(violations);
        Assert.Contains(part, found, StringComparison.Ordinal);
    }
}
