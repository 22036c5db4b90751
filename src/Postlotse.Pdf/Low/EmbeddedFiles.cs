using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Postlotse.Pdf.Low;

/// <summary>Files inside the document: embedded streams, their specifications, and how the catalogue names them.</summary>
internal sealed partial class EmbeddedFiles(PdfObjects objects, DateTimeOffset date)
{
    private readonly SortedDictionary<string, int> _specifications = new(StringComparer.Ordinal);

    public void Add(PdfFile file)
    {
        if (file.Name.Length == 0 || _specifications.ContainsKey(file.Name)) throw new ArgumentException("name of a file", nameof(file));
        if (!MediaType().IsMatch(file.MediaType)) throw new ArgumentException("media type " + file.MediaType, nameof(file));
        int specification = objects.Reserve(), stream = objects.Reserve();
        var type = file.MediaType.Replace("/", "#2F", StringComparison.Ordinal);
        var entries = $"/Type/EmbeddedFile/Subtype/{type}/Params<<{Parameters(file)}>>/Filter/FlateDecode";
        using (var data = file.Open()) objects.CopyStream(stream, entries, data, deflate: true);
        objects.Write(specification, Spell.Format(
            $"<</Type/Filespec/F {Spell.Ascii(file.Name)}/UF {Spell.Text(file.Name)}/AFRelationship/{file.Relation}") + Spell.Format(
            $"/EF<</F {stream} 0 R/UF {stream} 0 R>>>>"));
        _specifications.Add(file.Name, specification);
    }

    /// <summary>Entries of the catalogue; empty without files.</summary>
    public string Catalogue()
    {
        if (_specifications.Count == 0) return "";
        var associated = string.Join(' ', _specifications.Values.Select(s => Spell.Format($"{s} 0 R")));
        var names = string.Concat(_specifications.Select(s => Spell.Format($"{Spell.Text(s.Key)} {s.Value} 0 R ")));
        return $"/AF[{associated}]/Names<</EmbeddedFiles<</Names[{names}]>>>>";
    }

    private string Parameters(PdfFile file)
    {
        using var data = file.Open();
#pragma warning disable CA5351 // ISO 32000-1 wants this sum; it finds transmission errors and proves nothing.
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var (buffer, size) = (new byte[1 << 16], 0L);
        while (data.Read(buffer) is > 0 and var read)
        {
            sum.AppendData(buffer, 0, read);
            size += read;
        }

        return Spell.Format($"/Size {size}/ModDate{Spell.Date(date)}/CheckSum<{Convert.ToHexString(sum.GetHashAndReset())}>");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.+-]{0,100}/[a-z0-9][a-z0-9.+-]{0,100}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MediaType();
}
