using System.Globalization;
using System.Resources;
using Postlotse.Delivery;
using Postlotse.Evidence;
using Postlotse.Letters;

namespace Postlotse.Web.Shared;

/// <summary>
/// Wording for people: Texts.resx (German) and Texts.en.resx, for the organiser's pages OrganiserTexts.resx, for batches
/// BatchTexts.resx, in the language of the request.
/// </summary>
internal static class T
{
    private static readonly ResourceManager s_texts = new("Postlotse.Web.Shared.Texts", typeof(T).Assembly);
    private static readonly ResourceManager s_organiser = new("Postlotse.Web.Organiser.OrganiserTexts", typeof(T).Assembly);
    private static readonly ResourceManager s_batches = new("Postlotse.Web.Batches.BatchTexts", typeof(T).Assembly);

    /// <summary>"de" or "en".</summary>
    public static string Language =>
        string.Equals(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal) ? "en" : "de";

    /// <exception cref="MissingManifestResourceException">There is no such text: a programmer's error.</exception>
    public static string Of(string key) => In(CultureInfo.CurrentUICulture, key);

    public static string Of(string key, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, Of(key), arguments);

    public static string In(CultureInfo language, string key) =>
        (key.Split('.')[0] switch { "organiser" => s_organiser, "batch" or "sheet" => s_batches, _ => s_texts }).GetString(key, language)
        ?? throw new MissingManifestResourceException("no text " + key);

    public static string Of(Role role) => Of("role." + role);

    public static string Of(Place place) => Of("place." + place);

    public static string Of(StageName stage) => Of("stage." + stage);

    public static string Of(EventKind kind) => Of("event." + kind);

    public static string Of(AccountEventKind kind) => Of("accountEvent." + kind);

    /// <summary>One that no program wrote is told as such.</summary>
    public static string Of(ModelEventKind kind) => Of("modelEvent." + (Enum.IsDefined(kind) ? kind.ToString() : "unknown"));

    public static string Of(Urgency urgency) => Of("urgency." + urgency);

    public static string Of(FlagKind kind) => Of("flag." + kind);

    /// <summary>How far a day is away, in words.</summary>
    public static string DaysLeft(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => Of("days.today"),
        1 => Of("days.tomorrow"),
        -1 => Of("days.yesterday"),
        > 0 and var left => Of("days.left", Display.Count(left)),
        var past => Of("days.past", Display.Count(-past)),
    };

    public static string Of(ReasonKind kind) => Of("reason." + kind);

    public static string Of(LetterField field) => Of("field." + field);

    public static string Of(SignatureStatus status) => Of("signature." + status);

    public static string Of(SignatureTrust trust) => Of("signature.trust." + trust);

    public static string Of(Channel channel) => Of("channel." + channel);

    /// <summary>A finding as a sentence that says what it is and what to do.</summary>
    public static string Of(Finding finding) => finding is { Kind: FindingKind.ReturnedByOffice, Detail: { } count }
        ? Of("finding.returned", count)
        : FindingTexts.Of(finding, CultureInfo.CurrentUICulture);

    /// <summary>A letter's subject, or that it has none.</summary>
    public static string Subject(string? subject) => string.IsNullOrEmpty(subject) ? Of("letter.noSubject") : subject;

    /// <summary>Class of secrecy; one without a text is shown as it is called.</summary>
    public static string Restriction(string restriction) =>
        s_texts.GetString("restriction." + restriction, CultureInfo.CurrentUICulture) ?? restriction;

    /// <summary>How sure a probability is, in a word.</summary>
    public static string Certainty(double probability) => Of("certainty." + Grade(probability));

    /// <summary>How sure a probability is: sure (as what is delivered without a person unless told otherwise), likely or unsure.</summary>
    public static string Grade(double probability) => probability >= 0.97 ? "sure" : probability >= 0.7 ? "likely" : "unsure";
}
