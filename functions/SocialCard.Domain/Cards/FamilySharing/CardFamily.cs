namespace SocialCard.Domain.Cards;

/// <summary>A relative who pays for a card's holder; kept by the receiver's card, so that it decides how many there are.</summary>
/// <param name="MemberId">The member as which the giver's card knows this one.</param>
/// <param name="GiverCard">The giver's card.</param>
/// <param name="Life">How often one of the two came back from a death that was recorded by mistake.</param>
/// <param name="IsSpouse">Whether he is the holder's husband or wife.</param>
public sealed record FamilyGiver(string MemberId, CardNumber GiverCard, int Life = 0, bool IsSpouse = false);

/// <summary>What a card knows of family sharing, as giver and as receiver.</summary>
public sealed record CardFamily
{
    /// <summary>To whom it gives. One that is over stays until the receiver's card knows.</summary>
    public IReadOnlyList<FamilyMember> Members { get; init; } = [];

    /// <summary>From whom it receives.</summary>
    public IReadOnlyList<FamilyGiver> Givers { get; init; } = [];

    /// <summary>When members were changed within the calendar year of the last change.</summary>
    public IReadOnlyList<DateTimeOffset> Changes { get; init; } = [];

    /// <summary>The member of an id, or null.</summary>
    public FamilyMember? Find(string memberId) => Members.FirstOrDefault(member => member.MemberId == memberId);

    /// <summary>Whether the card receives from the giver that named it under an id.</summary>
    public bool HasGiver(string memberId) => Givers.Any(giver => giver.MemberId == memberId);
}
