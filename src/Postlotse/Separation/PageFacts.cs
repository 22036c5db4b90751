using System.Globalization;
using Postlotse.Letters;

namespace Postlotse.Separation;

/// <summary>What a single page shows of a letter's anatomy (DIN 5008) and of its print; millimetres.</summary>
internal sealed class PageFacts
{
    /// <summary>The address field with some tolerance for letters that are set by feel (DIN 5008 forms A and B).</summary>
    private const double AddressTop = 30, AddressBottom = 100, AddressRight = 110;

    private const double Head = 45, Foot = 25, WriterBottom = 80;

    /// <summary>Lines in which a letter ends with its writer's name.</summary>
    private const int LastLines = 5;

    private readonly List<PrintedLine> _lines;

    public PageFacts(RecognisedPage page)
    {
        Page = page;
        _lines = [.. page.Lines.SelectMany(PrintedLine.Of).Where(l => l.Letters > 0)
            .OrderBy(l => l.Box.Y).ThenBy(l => l.Box.X)];
        Size = Median(_lines.Select(l => l.Box.Height));
        Left = Median(_lines.Select(l => l.Box.X));
        Pitch = Median(_lines.Zip(_lines.Skip(1), (a, b) => b.Box.Y - a.Box.Y).Where(d => d is > 2 and < 15));
        (PageNumber, PageTotal) = FindNumber();
        Address = FindAddress();
        Body = [.. _lines.Where(l => l.Box.Width > 60 && l.Box.Y > 15 && l.Box.Bottom < page.Height - 15)];
        foreach (var word in _lines.SelectMany(l => l.Words)) Collect(word, Words);
        foreach (var word in OfTheWriter()) Collect(word, Writer);
    }

    public RecognisedPage Page { get; }

    public int LineCount => _lines.Count;

    /// <summary>Median height of lines.</summary>
    public double Size { get; }

    /// <summary>Median left edge of lines.</summary>
    public double Left { get; }

    /// <summary>Median distance of lines.</summary>
    public double Pitch { get; }

    /// <summary>As printed; 0 when there is none.</summary>
    public int PageNumber { get; }

    /// <summary>Pages there are, as printed; 0 when not told.</summary>
    public int PageTotal { get; }

    /// <summary>Lines of the address block; empty without one.</summary>
    public IReadOnlyList<PrintedLine> Address { get; }

    /// <summary>Long lines between head and foot.</summary>
    public IReadOnlyList<PrintedLine> Body { get; }

    /// <summary>
    /// Names and other capitalised words, folded, and numbers of at least five digits: references, telephones, accounts.
    /// </summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of <see cref="Words"/> that stand where people say who they are: above, at the end, beside their town.</summary>
    public HashSet<string> Writer { get; } = new(StringComparer.Ordinal);

    public bool HasSalutation => _lines.Exists(l => l.Box.Y > 40 && PageWording.Salutation().IsMatch(l.Text));

    /// <summary>Words of the greeting, as far as names may be among them.</summary>
    public IEnumerable<string> Greeted => _lines.Where(l => l.Box.Y > 40 && PageWording.Salutation().IsMatch(l.Text))
        .SelectMany(l => l.Words).Select(Plain).Where(Words.Contains);

    public bool HasClosing => _lines.Exists(l => PageWording.Closing().IsMatch(l.Text));

    public bool HasEnclosureNote => _lines.Exists(l => l.Box.Y > 60 && PageWording.EnclosureNote().IsMatch(l.Text));

    public bool HasEnclosureHeading => _lines.Take(5).Any(l => PageWording.EnclosureHeading().IsMatch(l.Text));

    /// <summary>The head of an e-mail's print.</summary>
    public bool HasMailHead => _lines.Where(l => l.Box.Y < 0.5 * Page.Height)
        .Select(l => PageWording.MailHead().Match(l.Text).Value).Where(v => v.Length > 0)
        .Distinct(StringComparer.OrdinalIgnoreCase).Count() >= 3;

    /// <summary>The uppermost line, without digits; empty when it is short or far down.</summary>
    public string TopLine => _lines.Count > 0 && _lines[0].Box.Y < 40 ? WithoutDigits(_lines[0].Text) : "";

    /// <summary>The line at the foot, without digits; empty when it is short or far up.</summary>
    public string FootLine => _lines.Count > 0 && _lines[^1].Box.Y > Page.Height - 35 ? WithoutDigits(_lines[^1].Text) : "";

    /// <summary>Numbers of headings and paragraphs, such as "§ 4" and "3. Angaben", in order.</summary>
    public IReadOnlyList<int> Headings => [.. _lines.Where(l => l.Box.X < Left + 12)
        .Select(l => PageWording.NumberedHeading().Match(l.Text)).Where(m => m.Success).Select(m => Number(m.Groups["k"].Value))];

    public bool LiesAcross => Page.Width > Page.Height;

    public bool IsSmall => Page.Width * Page.Height < 0.8 * 210 * 297;

    public bool HasFormWords => _lines.Count(l => PageWording.FormWords().IsMatch(l.Text)) >= 2;

    public bool HasLabel => _lines.Exists(l => l.Box.Y < 130 && PageWording.Label().IsMatch(l.Text));

    /// <summary>A day in the upper half, as letters have it.</summary>
    public bool HasDay => _lines.Exists(l => l.Box.Y < 140 && PageWording.Day().IsMatch(l.Text));

    /// <summary>Lines set like an address, whatever they say: few short ones below each other in the address field, then a gap.</summary>
    public bool HasAddressField
    {
        get
        {
            var block = _lines.Where(l => l.Box is { Y: > AddressTop and < AddressBottom, X: > 12 and < 45 }).ToList();
            for (int first = 0, i = 1; i <= block.Count; i++)
            {
                if (i < block.Count && block[i].Box.Right < AddressRight && block[first].Box.Right < AddressRight
                    && block[i].Box.Y - block[i - 1].Box.Y < 10 && Math.Abs(block[i].Box.X - block[first].Box.X) < 4) continue;
                var isAddress = i - first is >= 3 and <= 7 && block[first].Box.Right < AddressRight;
                var end = block[i - 1].Box.Y;
                if (isAddress && !_lines.Exists(l => l.Box.X < 60 && l.Box.Y > end + 1 && l.Box.Y < end + 12)) return true;
                first = i;
            }

            return false;
        }
    }

    /// <summary>Who writes without a head says at the end where he lives.</summary>
    public bool HasTownAtEnd => _lines.TakeLast(LastLines).Any(l => l.Box.Y > 60 && l.Box.Y < Page.Height - 35 && l.Box.Width < 90
        && PageWording.Town().IsMatch(l.Text));

    /// <summary>A town in the uppermost part: a sender's address or a return line.</summary>
    public bool HasSenderOnTop => _lines.Exists(l => l.Box.Y < 60 && !Address.Contains(l) && PageWording.Town().IsMatch(l.Text));

    /// <summary>Print in the head that is clearly larger than the page's own.</summary>
    public bool HasLetterhead => Size > 0 && _lines.Exists(l => l.Box.Y < Head && l.Box.Height > 1.35 * Size && l.Letters >= 6);

    /// <summary>Such as the mailroom puts on the first page before scanning.</summary>
    public bool HasReceiptStamp => _lines.Exists(l => l.Box.Y < 70 && PageWording.ReceiptStamp().IsMatch(l.Text));

    /// <summary>A line that says nothing but that the letter is for somebody alone or must not be opened.</summary>
    public bool HasClosedMark => _lines.Exists(l => l.Box.Y < 0.6 * Page.Height && PageWording.ClosedMark().IsMatch(l.Text));

    /// <summary>An authority in ordinary print near the top and outside the address block: whom a form or note is for.</summary>
    public bool NamesAuthorityOnTop => _lines.Exists(l => l.Box.Y < 60 && l.Box.X < 60 && l.Box.Width < 100 && !Address.Contains(l)
        && l.Box.Height < 1.45 * Size && PageWording.Authority().IsMatch(l.Text));

    /// <summary>Words of the address block, as they are compared.</summary>
    public IReadOnlySet<string> Addressee =>
        Address.SelectMany(l => l.Words).Select(Plain).Where(w => w.Length >= 3).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether its address block names the same as another one.</summary>
    public bool IsAddressedLike(PageFacts other)
    {
        var (own, others) = (Addressee, other.Addressee);
        return own.Count > 0 && 2 * own.Count(others.Contains) >= Math.Max(own.Count, others.Count);
    }

    public bool IsAddressOfAuthority => Address.SkipLast(1).Any(l => PageWording.Authority().IsMatch(l.Text));

    /// <summary>Share of digits in the print, 0–1: tables and receipts.</summary>
    public double DigitShare => _lines.Sum(l => l.Digits) / Math.Max(1.0, _lines.Sum(l => l.Digits + l.Letters));

    /// <summary>Share of lines that run over most of the width, 0–1: text; forms, tables and receipts have few.</summary>
    public double TextShare => Body.Count(l => l.Box.Width > 100) / Math.Max(1.0, _lines.Count);

    /// <summary>Where the print ends, without the foot.</summary>
    public double Bottom => _lines.Where(l => l.Box.Bottom < Page.Height - Foot).Select(l => l.Box.Bottom).DefaultIfEmpty(0).Max();

    /// <summary>Where the print begins.</summary>
    public double Top => _lines.Count == 0 ? 0 : _lines[0].Box.Y;

    private static void Collect(string word, HashSet<string> words)
    {
        var digits = word.Count(char.IsAsciiDigit);
        if (digits >= 5) words.Add(new string([.. word.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant());
        else if (word.Length >= 4 && digits == 0 && char.IsUpper(word[0]) && !PageWording.OfEveryLetter().IsMatch(word))
            words.Add(Plain(word));
    }

    /// <summary>Not what runs over the width, which is text, and not towns: many writers live there.</summary>
    private IEnumerable<string> OfTheWriter() => _lines.Where((l, i) => l.Box.Width < 90 && !Address.Contains(l)
        && !PageWording.ReceiptStamp().IsMatch(l.Text)
        && (l.Box.Y < WriterBottom || i >= _lines.Count - LastLines || PageWording.Town().IsMatch(l.Text)))
        .SelectMany(l => PageWording.Town().Match(l.Text) is { Success: true } town ? l.Text[..town.Index].Split(' ') : l.Words);

    /// <summary>A word as it is compared.</summary>
    public static string Plain(string word) => word.Trim('.', ',', ':', ';', '-', '(', ')').ToLowerInvariant();

    private (int Number, int Total) FindNumber()
    {
        foreach (var line in _lines.Where(l => l.Box.Bottom < Foot || l.Box.Y > Page.Height - Foot))
        {
            if (PageWording.PageNumber().Match(line.Text) is not { Success: true } match) continue;
            var total = match.Groups["n"] is { Success: true } n ? Number(n.Value) : 0;
            if (Number(match.Groups["k"].Value) is > 0 and var number && (total == 0 || number <= total)) return (number, total);
        }

        return (0, 0);
    }

    /// <summary>Lines under each other at the left of the address field that end with a town.</summary>
    private List<PrintedLine> FindAddress()
    {
        var field = _lines.Where(l => l.Box is { Y: > AddressTop and < AddressBottom, X: > 12 and < 45 }).ToList();
        for (var town = field.Count - 1; town > 0; town--)
        {
            if (field[town].Box.Right > AddressRight + 10 || !PageWording.Town().IsMatch(field[town].Text)) continue;
            var first = town;
            while (first > 0 && town - first < 6 && field[first].Box.Y - field[first - 1].Box.Y < 9
                && Math.Abs(field[first - 1].Box.X - field[town].Box.X) < 4 && field[first - 1].Box.Right < AddressRight + 10) first--;
            // The return line above, in small print, tells who wrote.
            var height = field[first..(town + 1)].Max(l => l.Box.Height);
            while (first < town && field[first].Box.Height < 0.88 * height && PageWording.Parts().IsMatch(field[first].Text)) first++;
            if (town - first is >= 1 and <= 6) return field[first..(town + 1)];
        }

        return [];
    }

    private static string WithoutDigits(string text) =>
        new string([.. text.Where(char.IsLetter)]).ToLowerInvariant() is { Length: >= 7 } letters ? letters : "";

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}

/// <summary>A line of print with its text, as far as no wide gap divides it: columns and stamps are lines of their own.</summary>
internal sealed class PrintedLine
{
    private PrintedLine(IReadOnlyList<Word> words)
    {
        var (left, top) = (words.Min(w => w.Box.X), words.Min(w => w.Box.Y));
        Box = new(left, top, words.Max(w => w.Box.Right) - left, words.Max(w => w.Box.Bottom) - top);
        Words = [.. words.Select(w => w.Text)];
        Text = string.Join(' ', Words).Trim();
        Digits = Text.Count(char.IsAsciiDigit);
        Letters = Text.Count(char.IsLetter) is > 0 and var letters ? letters : Math.Min(1, Digits);
    }

    public Box Box { get; }

    public IReadOnlyList<string> Words { get; }

    public string Text { get; }

    public int Letters { get; }

    public int Digits { get; }

    /// <summary>Words of justified print stand up to about 4 mm apart, columns further.</summary>
    public static IEnumerable<PrintedLine> Of(TextLine line)
    {
        var words = line.Words.Where(w => w.Text.Length > 0).OrderBy(w => w.Box.X).ToList();
        for (int start = 0, i = 1; i <= words.Count; i++)
        {
            if (i < words.Count && words[i].Box.X - words[i - 1].Box.Right <= Math.Max(5, 1.6 * words[i].Box.Height)) continue;
            yield return new(words[start..i]);
            start = i;
        }
    }
}
