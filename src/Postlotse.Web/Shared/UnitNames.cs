using Postlotse.Letters;

namespace Postlotse.Web.Shared;

/// <summary>How offices are called for people: number and name.</summary>
public sealed class UnitNames(Organisation organisation)
{
    /// <summary>"32.3 Ordnungsamt – Straßenverkehrsbehörde"; an external authority without its internal id.</summary>
    public string Label(string id) =>
        organisation.UnitById(id) is { } unit ? unit.Id + " " + unit.Name : organisation.NameOf(id);

    public string Name(string id) => organisation.NameOf(id);

    public bool Exists(string id) => organisation.IsTarget(id);
}
