using Postlotse.Letters;

namespace Postlotse.Engines.Pool;

/// <summary>Ends the reading of a file that is no good; turned into an answer at the edge of the engine.</summary>
internal sealed class FileProblem(Finding finding) : Exception(finding.Kind.ToString())
{
    public FileProblem(FindingKind kind, int? page = null, string? detail = null)
        : this(new Finding(kind, page, detail))
    {
    }

    public Finding Finding { get; } = finding;
}
