namespace Postlotse.Responsibility.Knowledge.Voices;

/// <summary>
/// Weights of the voices, fitted on development letters of one city with a model that had not been repaired by them; few numbers that know
/// no office, so that they carry over.
/// </summary>
internal static class VoiceWeights
{
    /// <summary>Logarithm of the odds per unit of margin.</summary>
    public const double Sharpness = 17.5;

    /// <summary>Margin at which a concern is as likely as "nobody can tell".</summary>
    public const double Nobody = -0.6;

    /// <summary>An office named in the address decides between concerns that are about equally clear: it is often a guess.</summary>
    public const double Address = 0.6;

    /// <summary>Margin of the concern that an office named in the address is worth.</summary>
    public const double NamedMargin = -0.6;

    /// <summary>The letter goes to a street where only few offices are.</summary>
    public const double Street = 1;

    public const double Reference = 1.5;

    /// <summary>Many references to one office say little more than one.</summary>
    public const double MostReferences = 1.5;

    /// <summary>Own name of a school or the like, among units that do the same work.</summary>
    public const double Name = 6;

    /// <summary>The same against all other offices: who names a school often writes about it to another office.</summary>
    public const double NamedKind = 1;

    /// <summary>Margin of the concern that the own name of a school or the like in the subject is worth.</summary>
    public const double SubjectMargin = -0.2;

    /// <summary>The same where the letter greets it: outweighs a clear concern; chosen, for few letters do so.</summary>
    public const double GreetedMargin = 0.2;

    /// <summary>Factor, as a logarithm, of earlier letters with the same reference or sender; chosen, for want of letters to fit it.
    /// </summary>
    public const double Earlier = 1.5;

    /// <summary>
    /// An office that earlier letters with the same reference went to, against "nobody can tell": beats faint concerns, loses against
    /// clear ones.
    /// </summary>
    public const double EarlierReference = 48;

    /// <summary>The same for earlier letters of the sender: a hint where the letter says nothing.</summary>
    public const double EarlierSender = 2.4;

    /// <summary>The same for earlier letters to the person addressed: people sit in an office, but names occur twice; chosen.</summary>
    public const double EarlierPerson = 12;

    /// <summary>Margin of the concern that a form's printed name is worth; chosen, for no development letter is a form.</summary>
    public const double FormMargin = -0.3;

    /// <summary>Probability from which content clearly means another office than a barcode or form number; chosen.</summary>
    public const double ClearlyElsewhere = 0.9;

    /// <summary>A rule of the organiser against all other evidence together.</summary>
    public const double Rule = 400;

    /// <summary>Margin from which a second concern is clear.</summary>
    public const double ClearConcern = 0.1;

    /// <summary>A second matter of the same letter: least probability, least margin, and how far it may be behind the loudest.</summary>
    public const double SecondMatter = 0.1, HeardConcern = -0.25, AboutAsLoud = 0.1;
}
