using Postlotse.Delivery;
using Postlotse.Letters;

namespace Postlotse.Tests.Delivery;

/// <summary>Letters, accounts and an organisation for the tests of delivery.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly Organisation Organisation = new()
    {
        City = "Musterstadt",
        Units =
        [
            new Unit { Id = "1", Name = "Dezernat 1" },
            new Unit { Id = "1.1", Name = "Bauamt", Parent = "1", Tasks = ["Bauanträge"] },
            new Unit { Id = "1.2", Name = "Personalrat", Parent = "1", Tasks = ["Mitbestimmung"], Handling = Handling.Sealed },
        ],
        ExternalAuthorities = [new ExternalAuthority { Id = "X", Name = "Finanzamt", Tasks = ["Einkommensteuer"] }],
    };

    public static Letter Letter(Place place, string? unit = null, Decision? decision = null) => new()
    {
        Id = "a", ReceivedAt = Noon.AddDays(-1), Source = new("a.pdf", new string('0', 64), 1, FileFormat.Pdf),
        EnvelopeRead = true, Place = place, Unit = unit, Decision = decision,
        DeliveredAt = place == Place.Postkorb ? Noon.AddHours(-1) : null,
    };

    public static Decision Decision(Outcome outcome, string unit = "1.1") => new()
    {
        Id = "a", Outcome = outcome, Unit = unit, Probability = 0.6,
        Ranking = unit.Length == 0 ? [] : [new(unit, 0.6), new("1.2", 0.2)],
    };

    /// <summary>In the mailroom, with the right for mail that must stay closed.</summary>
    public static readonly Account ClosedMail = Account(Role.Mailroom) with { Roles = [Role.Mailroom, Role.ClosedMail] };

    public static Account Account(Role role, params string[] units) => new("account:7", "erna", "Erna", [role], units, false, false);
}
