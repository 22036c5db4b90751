using System.Text.RegularExpressions;

namespace Postlotse.Reading;

/// <summary>How letters say things: greetings, closings, labels, addresses. German first, the neighbours' languages where citizens use them.</summary>
internal static class Wording
{
    public const string OurLabels =
        @"Ihre?\s?(Zeichen|Zchn\.?|Az\.?|Akten\w+|Geschäfts\w+|Kassen\w+|Buchungs\w+|Nummer|Referenz|Ref\.)|Your\sref\w*\.?"
        + @"|Kassen-?\s?(zeichen|z\.|zchn\.|nr\.|nummer)|Buchungs-?\s?(zeichen|z\.|nr\.|nummer)|BuZ\.?";

    public const string TheirLabels = @"(Unser|Mein)e?\s?(Zeichen|Az\.?|Akten\w+|Geschäfts\w+|Nummer|Referenz)\.?|u\.?\s?Z\.|Our\sref\w*\.?|Notre\sréf\w*\.?";

    private const string NamedNumber =
        @"(Kunden|Vertrags|Versicherungs?|Schaden|Schadens|Rechnungs|Beleg|Steuer|Beitrags|Mitglieds|Personal|Objekt|Benutzer|Ausweis|Vormerk"
        + @"|Konto|Behälter|Bestell|Auftrags|Lieferschein|Zähler|Melde|Ticket|Vorgangs|Verfahrens|Geschäfts|Akten|Referenz|Register|Antrags|Bescheid"
        + @"|Debitoren|Police|Policen|Abo|Abonnement|Bearbeitungs|Mandats|Fall|BG|Kd|Vers|UR|UVZ|Rg|Re|Inv|Flur|Projekt|Kenn|Ordnungs|Tgb|Id)";

    private const string OtherLabels =
        NamedNumber + @"\.?[-\s]?(nummer|nr\.?|no\.?|zeichen|ziffer|zahl|ID)|Az\.?|A\.Z\.|AZ:?|Gz\.?|GZ:?|Gesch\.?-?\s?Z\.?|Aktz\.?|Zeichen|Debitor|Kennziffer|Vorgang"
        + @"|Verbrauchsstelle|Vertragskonto|Projekt|UVZ|Rechnung|Beleg|Betriebsnummer|Flurstück|Referenz|Reference|Ref\.?|Nr\.|Verträge?";

    private const string Messages =
        @"((Ihr|Unser|Mein)e?\s(Schreiben|Bescheid|Nachricht|Brief|Anfrage|Mahnung|Rechnung|Mail|E-Mail|Anhörung)\s?(vom|v\.)|(Bescheid|Schreiben|Mahnung)\s(vom|v\.))";

    public static readonly Regex Salutation = Make(
        @"^(Sehr\s+[gvy]\w+|Geehrte|Guten?\s+(Tag|Morgen|Abend)|Hallo\b|Hi\b|Liebe[rs]?\b|Lb\.|Grüß\s+(Gott|euch)|Gruess\s+Gott|Grüezi|Werte[rs]?\s"
        + @"|Verehrte|Moin|Servus|Dear\b|To\s+whom|Mesdames|Madame,|Monsieur|Ch[eè]re?s?\b|Bonjour|Gentil[ei]|Egregi|Buongiorno|Good\s+(morning|day))");

    public static readonly Regex CallToOffice = Make(@"^An\s+(die|das|den)\s.*[^\d]$");

    public static readonly Regex Closing = Make(
        @"^((\S+\s){0,6}(Gr[uü][sßB8]+e?n?|Grüss\w*|Gruss|Grüsse|Grüßle|Hochachtung|Empfehlungen?)[,.!]?(\s(aus|von|nach|vom|und|an|Ihre?r?)\s.*|,?\s\S+(\s\S+){0,2})?"
        + @"|Hochachtungsvoll.*|Mit\s(\S+\s){1,3}Grü\S*.*|Es\sgrüßt.*|Herzlichst?,?|Gut\sPfad|Ihr[e]?|LG\b.*|MfG\b.*|Danke[!,.]?|Vielen\sDank[!,.]?|Danke\s(und|im|sehr|schon)\b.*|Vielen\s(herzlichen\s)?Dank(\sim\sVoraus)?[!,.]?"
        + @"|(Auf|Im)\s(richterliche\s)?(An\w+|Auftrag)|i\.?\s?[AV]\.?(\s.*)?|gez\.\s.*|(Yours|Best|Kind|With)\s(\S+\s){0,3}(sincerely|faithfully|regards|wishes|truly)[,.]?"
        + @"|Sincerely.*|Cordialement.*|Con\s(\S+\s){0,2}saluti.*|Cordiali\ssaluti.*|(Meilleures|Sincères)\ssalutations.*|Saluti.*|Maschinell\serstellt.*)$");

    public static readonly Regex Enclosure = Make(
        @"^(Anlagen?(\(n\))?|Anlg\.?|Anl\.|Beilagen?|Anhang|Anh[aä]nge|Anlagenverzeichnis|Enclosures?|Encl?\.|Pi[eè]ces?\sjointes?|Allegat[oi])\s*(\([0-9]+\)\s*)?(?<colon>:)?(\s|$)");

    public static readonly Regex SubjectLabel = Make(@"^(Betreff|Betrifft|Betr\.?|Subject|Objet|Oggetto|Re|Wg\.|Wegen)\s?:|^(Betreff|Betr\.)$");

    public static readonly Regex DateLabel = Make(@"^(Datum|Date|Data|Tag)\s?:?$");

    /// <summary>What may stand around a letter's date on its line.</summary>
    public static readonly Regex BeforeDate = Make(
        @"^(Datum\s?:?\s?|Date\s?:?\s?)?((\p{Lu}[\p{L}.\-/]*)(\s(\p{L}[\p{L}.\-/()]*)){0,3}\s?[,.]?\s?)?((den|am|im|le|the|Do|Mo|Di|Mi|Fr|Sa|So)\.?,?\s?)?$");

    /// <summary>A line that begins with a reference's label; <c>strong</c> is matched by labels that are never a subject's words.</summary>
    public static readonly Regex Reference = Make($@"^({OurLabels}|{TheirLabels}|{Messages}|{OtherLabels})(\s|:|$)");

    public static readonly Regex StrongReference = Make(
        $@"^({OurLabels}|{TheirLabels}|(Ihr|Unser)e?\s(Schreiben|Bescheid|Nachricht)\s?(vom|v\.)|{NamedNumber}\.?[-\s]?(nummer|nr\.?|zeichen)|Az\.?|A\.Z\.|Gz\.?)(\s|:|$)");

    /// <summary>Each label within a line, with its owner.</summary>
    public static readonly Regex ReferenceLabels = Make(
        $@"(^|[\s,;/(])((?<ours>{OurLabels}|Ihre?\s(Schreiben|Bescheid|Nachricht|Mahnung|Anhörung)\s?(vom|v\.)|Bescheid\s(vom|v\.))|(?<theirs>{TheirLabels}|Unsere?\s(Schreiben|Nachricht)\s?(vom|v\.))|(?<open>{OtherLabels}))(\s*:|\s|$)");

    public static readonly Regex ReferenceLabelOnly = Make(
        $@"^(({OurLabels}|{TheirLabels}|{Messages}|{OtherLabels}|Ihre\sNachricht|Unsere\sNachricht)(\svom)?[\s,:/]*)+$");

    /// <summary>A number of ours inside running text.</summary>
    public static readonly Regex OurNumber = Make($@"\b({OurLabels}|Aktenzeichen|Az\.)\s*:?\s*(?<value>[\p{{L}}0-9]*[0-9][\p{{L}}0-9./\-]*)");

    public static readonly Regex OtherInfoLabel = Make(
        @"^(Tel\w*|Telefon\w*|Fon|Phone|Fax|Telefax|Mobil\w*|Handy|E-?Mail|Mail|Internet|Web|Name|Bearbeite[rt]\w*|Sachbearbeite\w+|Auskunft\w*|Ansprechpartner\w*"
        + @"|Durchwahl|Zimmer|Datum|Seite|Sprechzeiten|Öffnungszeiten|Bankverbindung|IBAN|BIC|www|USt\S*|St\.?-?Nr\.?|HRB|HRA|Amtsgericht|Registergericht|Geschäftsführ\w+)\b");

    public static readonly Regex PostalTown = Make(@"^((D|DE|A|CH|F|L|NL|B|PL|I|CZ)[-–\s])?[0-9OIl]{5}\s+\p{Lu}\S*|^(A|CH|L|B)[-–\s]?[0-9]{4}\s\p{Lu}|^[0-9]{5},?\s\p{Lu}");

    public static readonly Regex PostalTownInside = Make(@"\b[0-9]{5}\s+\p{Lu}\p{L}+");

    public static readonly Regex Street = Make(
        @"(stra(ß|ss|B)e|str\.|weg|gasse|platz|allee|ring|ufer|damm|hof|steige|halde|graben|markt|berg|pfad|gässle|wall|chaussee|anger|rain)\.?,?\s[0-9]+\s?[a-z]?\b"
        + @"|^(Am|An|Im|In|Auf|Zum|Zur|Unter|Ober|Bei)\s.*\s[0-9]+\s?[a-z]?$|Postfach\s[0-9]|^[0-9]+,?\s(rue|avenue|route)|\p{Ll}\s[0-9]{1,3}\s?[a-z]?$");

    public static readonly Regex Addressee = Make(
        @"^(An\s(die|den|das|Frau|Herrn)\b|An$|Herrn\b|Frau\b|Herr\b|Familie\b|Firma\b|z\.?\s?H(d|dn)?\.|Stadt\b|Stadtverwaltung|Gemeinde(verwaltung)?\b|Landratsamt|Landkreis|Kreisverwaltung"
        + @"|Rathaus\b|Bürgermeister|Oberbürgermeister|Der\s(Ober)?bürgermeister|Magistrat|Verwaltungsgemeinschaft|Amt\sfür|Verbandsgemeinde|Samtgemeinde|Markt\s|Stadtwerke|\p{L}+amt\b)");

    public static readonly Regex PostalService = Make(
        @"^((per\s|als\s)?(Einwurf-?\s?|Übergabe-?\s?)?Einschreiben\b.*|Rückschein|Einwurf|Eigenhändig.*|per\s(Fax|Telefax|E-?Mail|Boten?|beA|Post|EGVP)\b.*|vorab\s.*|Eilt!?|Eilbrief|Express|Infopost"
        + @"|Nicht\snachsenden.*|Wenn\sunzustellbar.*|Postzustellung\w*.*|Deutsche\sPost.*|Port\S*\s(payé|bezahlt).*|Antwort)$");

    public static readonly Regex Endorsement = Make(@"(persönlich|vertraulich|nicht\s(vor\s.*\s)?öffnen|verschlossen|privat\b|Personalsache|Submission|Geheim|Wahlbrief|Arztsache)");

    public static readonly Regex Business = Make(
        @"\b(GmbH|mbH|AG|KG|OHG|GbR|e\.\s?K\.|e\.\s?V\.|eG|UG|SE|Stiftung|Verein|Verband|Amtsgericht|Landgericht|\p{L}*gericht|Staatsanwaltschaft|Notar\w*|Rechtsanw\w+|Kanzlei|Steuerberat\w+"
        + @"|\p{L}*versicherung\w*|\p{L}*kasse|Ministerium|Landratsamt|Regierungspräsidium|\p{L}+amt|Behörde|Agentur|Schule|\p{L}+schule|Klinik\w*|Krankenhaus|Praxis|Bank|Stadt|Gemeinde|Kreis)\b");

    public static readonly Regex Contact = Make(@"(\bTel\b|Telefon|Telefax|\bFax\b|Mobil|Handy|@|www\.|\.example\b|\.de\b|E-?Mail|\b0[0-9]{2,5}\s?[/\-–]\s?[0-9]{2})");

    public static readonly Regex Footer = Make(
        @"(IBAN|\bBIC\b|SWIFT|Bankverbindung|Sparkasse|Volksbank|\bBLZ\b|Konto-?Nr|\bHR\s?[AB]\b|Handelsregister|Registergericht|Amtsgericht\s\p{L}+\s?,?\s?(HR|VR)|USt|Steuer-?Nr|St\.-?Nr|Geschäftsführ|Vorstand:|Vorsitzende\w*:|www\.|Sprechzeiten|Öffnungszeiten|Gläubiger)");

    public static readonly Regex PageNumber = Make(
        @"^([-–—]\s?[0-9]{1,2}\s?[-–—]|(Seite|Blatt|Page|S\.)\s?:?\s?[0-9]{1,2}(\s?(von|of|/)\s?[0-9]{1,2})?|[0-9]{1,2}\s?(/|von)\s?[0-9]{1,2}|\.{2,3}\s?/?\s?[0-9]{1,2}|[0-9]{1,2})$");

    public static readonly Regex Continuation = Make(@"^(Seite|Blatt)\s[0-9]|^Fortsetzung|(zum|des)\s(Schreiben|Brief)\w*\s(vom|an)|Schreiben\svom\s.*\sSeite|\bSeite\s[0-9]{1,2}$");

    public static readonly Regex EnclosureHeading = Make(
        @"^(Anlagen?\b|Kopie$|Abschrift$|Vordruck\b|Formular\b|Foto\b|Kontoauszug|Vollmacht$|Erklärung$|Bescheid$|Bescheinigung\b|Quittung\b|Rechnung\b|Lebenslauf$|Schweigepflicht\w+|Beglaubigte\s|Zeugnis$|Antrag\sauf\b|Angaben\szum\b)");

    private static Regex Make(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
}
