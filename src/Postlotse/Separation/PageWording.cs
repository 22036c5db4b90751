using System.Text.RegularExpressions;

namespace Postlotse.Separation;

/// <summary>How letters begin, end and count their pages; German first, and languages that citizens use.</summary>
internal static partial class PageWording
{
    private const RegexOptions Cased = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const RegexOptions Options = Cased | RegexOptions.IgnoreCase;

    /// <summary>A greeting at the start of a line.</summary>
    [GeneratedRegex(
        @"^(sehr\s+g\w*ehrte|geehrte|guten?\s+(tag|morgen|abend)|hallo\b|liebe[rs]?\s|grüß\s+gott|werte[rs]?\s|verehrte|moin\b|servus\b"
        + @"|dear\s|to\s+whom|madame|monsieur|ch[eè]re?s?\s|bonjour|gentile|egregi|buongiorno|szanowni|sayın)", Options, 1000)]
    public static partial Regex Salutation();

    /// <summary>How one takes leave.</summary>
    [GeneratedRegex(
        @"^((\S+\s){0,4}(grüße?n?|gruss|grüsse|gruß)\b|hochachtungsvoll|mfg\b|lg\b|gez\.|i\.\s?a\.|im\sauftrag|cordialement"
        + @"|(yours|kind|best)\s(\S+\s)?(sincerely|faithfully|regards|wishes)|sincerely|cordiali\ssaluti"
        + @"|vielen\s(herzlichen\s)?dank[.,! ]*(im\svoraus)?[.,!]?$)", Options, 1000)]
    public static partial Regex Closing();

    /// <summary>What is enclosed, below a letter.</summary>
    [GeneratedRegex(
        @"^(anlagen?(\(n\))?|anlg?\.|beilagen?|enclosures?|encl?\.|pi[eè]ces?\sjointes?|allegat[oi])"
        + @"\s*(\(?[0-9]+\)?\s*)?(:|$)", Options, 1000)]
    public static partial Regex EnclosureNote();

    /// <summary>First words of what people put behind a letter.</summary>
    [GeneratedRegex(
        @"^(([0-9]{1,2}\.\s*)?anlagen?\b|(\S+\s)?kopie\b|abschrift\b|vordruck\b|formular\b|fotos?\b|konto(auszug|übersicht)"
        + @"|umsätze|vollmacht\b|erklärung\b|bescheid\b|\S*bescheinigung\b|quittung\b|beleg\b|rechnung\b|lebenslauf\b"
        + @"|schweigepflicht|beglaubigt|zeugnis\b|aufstellung\b|liste\b|\S*liste$|lageplan|grundriss|übersicht\b|angebot\b"
        + @"|vertrag\b|\S+vertrag$|protokoll\b|angaben\szu|gutachten\b"
        + @"|attest\b|befund|abrechnung\b|mitteilung\b|duplikat\b|muster\b|auszug\b|nachweis\b|urkunde\b|\S+urkunde$)", Options, 1000)]
    public static partial Regex EnclosureHeading();

    /// <summary>Tables of items, sums and forms.</summary>
    [GeneratedRegex(
        @"(zutreffendes|bitte\sankreuzen|☐|☒|\bsumme\b|gesamtbetrag|übertrag|zwischensumme|mwst|\beur\b.*\beur\b|geburtsdatum"
        + @"|unterschrift\s*:?$)", Options, 1000)]
    public static partial Regex FormWords();

    /// <summary>The number of a page, and of how many.</summary>
    [GeneratedRegex(
        @"(^|\s)((seite|blatt|page|s\.)\s?:?\s?(?<k>[0-9]{1,2})(\s?(von|of|/)\s?(?<n>[0-9]{1,2}))?$"
        + @"|[-–—]\s?(?<k>[0-9]{1,2})\s?[-–—]$)|^(?<k>[0-9]{1,2})\s?(/|von)\s?(?<n>[0-9]{1,2})$|^(?<k>[0-9]{1,2})$", Options, 1000)]
    public static partial Regex PageNumber();

    /// <summary>A postal code and a town at the end of an address.</summary>
    [GeneratedRegex(@"(^|\s)(d\s?-\s?)?[0-9]{5}\s+\p{Lu}\p{L}+", Cased, 1000)]
    public static partial Regex Town();

    /// <summary>What divides the parts of an address in one line.</summary>
    [GeneratedRegex(@"[,·•|*–-]\s", Cased, 1000)]
    public static partial Regex Parts();

    /// <summary>An authority, in the address block of a letter to one.</summary>
    [GeneratedRegex(
        @"(\bstadt|gemeinde|rathaus|landrat|landkreis|\bkreis|amt\b|ämter\b|behörde|verwaltung|bürgermeister|dezernat|fachbereich|referat"
        + @"|abteilung|magistrat|kämmerei|\Skasse\b|büro\b|stelle\b|schule\b|\bkita\b|^ans\s|\ban\sd(ie|as|en)\b)", Options, 1000)]
    public static partial Regex Authority();

    /// <summary>A day.</summary>
    [GeneratedRegex(
        @"\b[0-9]{1,2}\.\s?([0-9]{1,2}\.\s?([0-9]{4}|[0-9]{2})|(jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)\p{L}*\.?\s+"
        + @"[0-9]{2,4})|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", Options, 1000)]
    public static partial Regex Day();

    /// <summary>The label of a subject or of references.</summary>
    [GeneratedRegex(
        @"^(betreff|betr\.|betrifft|subject|objet)\b|\b(ihr|unser|mein)\s(zeichen|schreiben\svom)|\baz\.?:|aktenzeichen|\bdatum:?",
        Options, 1000)]
    public static partial Regex Label();

    /// <summary>A whole line such as "Persönlich/Vertraulich", "Bitte nicht öffnen!".</summary>
    [GeneratedRegex(
        @"^\W*((bitte|streng|höchst)\s+)*(pers(ö|oe)nlich|vertraulich|privat|personalsache|arztsache|eigenhändig|verschlossen"
        + @"|unge(ö|oe)ffnet|nicht\s+(ö|oe)ffnen)(\W+(bitte|und|oder|streng|höchst|weiterleiten|lassen|pers(ö|oe)nlich|vertraulich|privat"
        + @"|personalsache|arztsache|verschlossen|unge(ö|oe)ffnet|nicht\s+(ö|oe)ffnen))*\W*$", Options, 1000)]
    public static partial Regex ClosedMark();

    /// <summary>The mailroom's stamp on the first page.</summary>
    [GeneratedRegex(@"\b(eingegangen|eingang|eing\.|empfangen|received)\b?.{0,20}[0-9]", Options, 1000)]
    public static partial Regex ReceiptStamp();

    /// <summary>A line of an e-mail's head; the match is its label.</summary>
    [GeneratedRegex(
        @"^(von|an|gesendet|datum|betreff|cc|from|to|sent|date|subject)\s?:", Options, 1000)]
    public static partial Regex MailHead();

    /// <summary>The number of a paragraph or a heading.</summary>
    [GeneratedRegex(@"^(§\s?)?(?<k>[0-9]{1,2})[.)]?\s+\p{Lu}\p{L}{3,}(\s+\p{L}+){0,6}$", Cased, 1000)]
    public static partial Regex NumberedHeading();

    /// <summary>Words with a capital that anybody's letter has: they tell nothing of who wrote it.</summary>
    [GeneratedRegex(
        @"^\W*(jan(uar)?|feb(ruar)?|märz|april|juni|juli|aug(ust)?|sept?(ember)?|okt(ober)?|nov(ember)?|dez(ember)?|damen|herren|herrn?"
        + @"|frau|sehr|guten|liebe[rs]?|freundlichen?|grüßen?|grüße|familie|telefon|datum|betreff|anlagen?|seite|bitte|vielen|dank|antrag"
        + @"|stadt|stadtverwaltung|gemeinde|rathaus|unser|unsere[rn]?|mein|meine[rn]?|ihre?[nrms]?|zeichen|straße|nummer|name|vorname"
        + @"|eingegangen|eing|poststelle|schreiben|summe|rechnung|gesendet|unterschrift|kopie|eine[rnms]?|aber|auch|dies\w*|wenn"
        + @"|nach|nicht|beim|über|aktenzeichen|mfg)\W*$", Options, 1000)]
    public static partial Regex OfEveryLetter();
}
