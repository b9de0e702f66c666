using SocialCard.Domain.FamilyLinks;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>A family link as the API shows it; the persons masked.</summary>
/// <param name="LinkId">Its id.</param>
/// <param name="RegionCode">Where it was made.</param>
/// <param name="Guardian">Who shows the code.</param>
/// <param name="Member">Whose code it is.</param>
/// <param name="Relation">What the member is to the guardian.</param>
/// <param name="State">Whether it holds.</param>
/// <param name="LinkedAt">Since when it holds.</param>
/// <param name="End">Why it is over.</param>
/// <param name="EndedAt">Since when.</param>
/// <example>
/// {
///   "linkId": "6ecfe15f302be441", "regionCode": "320200",
///   "guardian": {
///     "name": "王**", "idNumber": "**************825X",
///     "document": {"type": "residentId", "number": "**************825X", "nationality": null}
///   },
///   "member": {
///     "name": "王**", "idNumber": "**************8270",
///     "document": {"type": "residentId", "number": "**************8270", "nationality": null}
///   },
///   "relation": "child", "state": "active",
///   "linkedAt": "2042-11-14T16:01:06Z", "end": null, "endedAt": null
/// }
/// </example>
public sealed record FamilyLinkView(
    string LinkId,
    string RegionCode,
    LinkedPersonView Guardian,
    LinkedPersonView Member,
    Relation Relation,
    FamilyLinkState State,
    DateTimeOffset LinkedAt,
    FamilyLinkEnd? End,
    DateTimeOffset? EndedAt)
{
    /// <summary>The view of a link.</summary>
    public static FamilyLinkView Of(FamilyLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new(
            link.Id,
            link.RegionCode,
            LinkedPersonView.Of(link.Guardian),
            LinkedPersonView.Of(link.Member),
            link.Relation,
            link.End is null ? FamilyLinkState.Active : FamilyLinkState.Ended,
            link.LinkedAt,
            link.End,
            link.EndedAt);
    }
}

/// <summary>A person, masked.</summary>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="IdNumber">All but the last four characters hidden; null where his document has no number of eighteen.</param>
/// <param name="Document">The document that he is known by, masked.</param>
public sealed record LinkedPersonView(string Name, string? IdNumber, MaskedDocument Document)
{
    internal static LinkedPersonView Of(Person person) => new(person.Name, person.IdNumber, person.Document);
}

/// <summary>Whether a link holds.</summary>
public enum FamilyLinkState
{
    /// <summary>It holds.</summary>
    Active,

    /// <summary>It is over.</summary>
    Ended,
}
