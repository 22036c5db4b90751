using System.Globalization;
using System.Text.RegularExpressions;
using Postlotse.Engines.Pool;
using Postlotse.Letters;
using Postlotse.Recognition;

namespace Postlotse.Engines.Documents;

/// <summary>
/// Looks at what a PDF holds besides its pages: signatures, files, notes, scripts. Nothing of it is run or opened, and nothing is
/// asked of anybody outside. When this fails the pages can still be read, and a finding says so.
/// </summary>
internal sealed partial class DocumentInspection(EngineRequest request, EngineOptions options, PdfTools tools)
{
    private const int LongestName = 200;

    private readonly string _file = Path.GetFullPath(request.Path);
    private readonly List<Finding> _findings = [];

    /// <summary>What is in it, and the findings of it.</summary>
    public async Task<InspectedDocument> InspectAsync(PdfObjects objects, CancellationToken cancellationToken)
    {
        try
        {
            return new(await ReadAsync(PdfStructure.Parse(objects.Json), cancellationToken), _findings);
        }
        catch (EngineFault)
        {
            return new(DocumentContent.None, [new(FindingKind.DocumentUnchecked)]);
        }
    }

    private async Task<DocumentContent> ReadAsync(PdfStructure? structure, CancellationToken cancellationToken)
    {
        // Where the objects cannot be read, which happens with damaged files, the tools are asked all the same.
        if (structure is null) _findings.Add(new(FindingKind.DocumentUnchecked));
        if (structure is { IsDynamicForm: true }) _findings.Add(new(FindingKind.DynamicForm));
        if (structure is { IsPortfolio: true }) _findings.Add(new(FindingKind.Portfolio));
        if (structure is { HasActiveContent: true }) _findings.Add(new(FindingKind.ActiveContent));
        var signatures = structure is { HasSignatures: false } ? []
            : SignatureList.Parse(await tools.CheckSignaturesAsync(_file, cancellationToken));
        if (signatures.Any(s => s.Status == SignatureStatus.Broken)) _findings.Add(new(FindingKind.SignatureBroken));
        var files = structure is { HasFiles: false } ? [] : await TakeFilesAsync(cancellationToken);
        return new(signatures, files, structure?.Notes ?? []);
    }

    private async Task<List<AttachedFile>> TakeFilesAsync(CancellationToken cancellationToken)
    {
        var list = await tools.ListAttachmentsAsync(_file, cancellationToken);
        var count = Count().Match(list) is { Success: true } match
            && int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var (files, names, left) = (new List<AttachedFile>(), Names(list, count), options.AttachmentBytesPerFile);
        for (var i = 1; i <= Math.Min(count, options.AttachmentsPerFile); i++)
        {
            var path = Path.Combine(request.ScratchFolder, "attachment-" + i.ToString(CultureInfo.InvariantCulture));
            if (!await tools.TakeAttachmentAsync(_file, i, path, left, cancellationToken)) continue;
            left -= new FileInfo(path).Length;
            var head = await HeadAsync(path, cancellationToken);
            files.Add(new(names[i - 1], path, MediaTypes.Of(head), MediaTypes.IsInvoice(head)));
        }

        if (files.Count < count) _findings.Add(new(FindingKind.AttachmentsLeftOut));
        return files;
    }

    /// <summary>
    /// Names by number. They are the sender's own; one with line breaks may look like the next entry, and then nobody can tell which
    /// is which: all get a number instead.
    /// </summary>
    internal static IReadOnlyList<string> Names(string list, int count)
    {
        var entries = Entry().Matches(list);
        var lines = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        var sound = entries.Count == count && lines == count;
        return
        [
            .. Enumerable.Range(1, Math.Max(0, Math.Min(count, 10_000))).Select(i =>
            {
                var name = sound ? Plain(entries[i - 1].Groups["name"].Value) : "";
                return name.Length > 0 ? name : i.ToString(CultureInfo.InvariantCulture);
            }),
        ];
    }

    /// <summary>Without folders and without what makes a name look like another.</summary>
    internal static string Plain(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = new string([
            .. last.Where(c => !char.IsControl(c) && c != '\ufffd'
                && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate)),
        ]).Trim(' ', '.');
        return plain[..Math.Min(plain.Length, LongestName)];
    }

    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        var head = new byte[Math.Min(stream.Length, MediaTypes.HeadLength)];
        await stream.ReadExactlyAsync(head, cancellationToken);
        return head;
    }

    [GeneratedRegex(@"^(?<count>\d+) embedded files", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Count();

    [GeneratedRegex(@"^\d+: (?<name>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Entry();
}

/// <summary>What a PDF holds besides its pages, and what is noteworthy about it.</summary>
internal sealed record InspectedDocument(DocumentContent Content, IReadOnlyList<Finding> Findings);
