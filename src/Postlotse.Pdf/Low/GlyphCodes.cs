using System.Globalization;
using System.Text;

namespace Postlotse.Pdf.Low;

/// <summary>
/// Gives each character in use a code of its own (1, 2, 3 …) and says by a ToUnicode map what it means. So no code is without a
/// meaning, and none means a character PDF/A-2u forbids (U+0000, U+FEFF, U+FFFE).
/// </summary>
internal sealed class GlyphCodes
{
    /// <summary>Code of the blank.</summary>
    public const int Blank = 1;

    /// <summary>Code for whatever finds no place any more in two bytes.</summary>
    private const int Overflow = 2;

    private readonly Dictionary<Rune, int> _codes = new() { [new Rune(' ')] = Blank, [Rune.ReplacementChar] = Overflow };

    /// <summary>Highest code given.</summary>
    public int Last => _codes.Count;

    /// <summary>Codes of a word; control characters and those without meaning are left out.</summary>
    public List<int> Of(string word)
    {
        var codes = new List<int>(word.Length);
        foreach (var rune in word.EnumerateRunes())
            if (MayStand(rune)) codes.Add(Code(rune));
        return codes;
    }

    /// <summary>The map from codes to Unicode (Adobe technical note 5411).</summary>
    public byte[] ToUnicode()
    {
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        foreach (var part in _codes.OrderBy(c => c.Value).Chunk(100)) // at most 100 lines a section
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (rune, code) in part) map.Append(CultureInfo.InvariantCulture, $"<{code:X4}> <{Spell.Hex(rune.ToString())}>\n");
            map.Append("endbfchar\n");
        }

        map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return Encoding.ASCII.GetBytes(map.ToString());
    }

    /// <summary>The map from codes to glyphs: all are the empty glyph 1.</summary>
    public byte[] ToGlyphs()
    {
        var map = new byte[2 * (Last + 1)];
        for (var code = 1; code <= Last; code++) map[2 * code + 1] = 1;
        return map;
    }

    private int Code(Rune rune)
    {
        if (_codes.TryGetValue(rune, out var code)) return code;
        if (Last >= ushort.MaxValue) return Overflow;
        return _codes[rune] = Last + 1;
    }

    private static bool MayStand(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value != 0xFEFF && (rune.Value & 0xFFFE) != 0xFFFE && Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned;
}
