namespace SocialCard.Domain.Cards;

/// <summary>What is asked for a whole family.</summary>
/// <param name="RequestId">Names the request; the members' ids begin with it.</param>
/// <param name="Channel">Where.</param>
/// <param name="AccountBalanceYuan">
/// The balance of the giver's account in yuan, as the channel attests it: the service does not know the money. Needed where the
/// region lets a balance stay with the giver.
/// </param>
/// <param name="By">The partner at which it is asked for.</param>
/// <param name="GiverBornOn">The giver's day of birth; null if it is not known.</param>
public sealed record FamilyRequest(
    string RequestId, FamilyChannel Channel, decimal? AccountBalanceYuan, string? By = null, DateOnly? GiverBornOn = null);

/// <summary>A relative who is to become a member, and what is known of him.</summary>
/// <param name="Key">As <see cref="Person.Id"/> names him.</param>
/// <param name="IdNumber">The number of his document, masked.</param>
/// <param name="Relation">What he is to the giver.</param>
/// <param name="IsAdult">Whether he is of age: 18 years (Civil Code art. 17).</param>
/// <param name="CardIsPresented">Whether his own card was shown.</param>
/// <param name="Card">His card; null if none was found.</param>
/// <param name="BornOn">His day of birth; null if it is not known.</param>
/// <param name="Fault">Why nobody can say who he is; null where that is known.</param>
public sealed record FamilyCandidate(
    string Key,
    string IdNumber,
    Relation Relation,
    bool IsAdult,
    bool CardIsPresented,
    ReceiverCard? Card,
    DateOnly? BornOn = null,
    Refusal? Fault = null);

/// <summary>A receiver's card, as it was read.</summary>
/// <param name="Number">Its number.</param>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="Status">Its state.</param>
/// <param name="Reason">Why it is in it.</param>
/// <param name="HasSeat">Whether it knows the giver.</param>
public sealed record ReceiverCard(CardNumber Number, string RegionCode, CardStatus Status, StateReason? Reason, bool HasSeat)
{
    /// <summary>What a card says for a member.</summary>
    public static ReceiverCard Of(Card card, string memberId)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(card.Number, card.RegionCode, card.Status, card.Social.Reason, card.Family.HasGiver(memberId));
    }
}
