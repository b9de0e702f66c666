using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>What a card of before the time of holders knew of its own, which becomes its holder's.</summary>
/// <param name="Card">The card as its holder knows it.</param>
/// <param name="End">His end, if the card had been told of it.</param>
/// <param name="Named">The change of his name, if the card had been told of it.</param>
/// <param name="Corrected">The correction of his number, if the card had been told of it.</param>
/// <param name="Household">Where he had moved, if the card had been told of it.</param>
/// <param name="Referrals">The referrals that the card had.</param>
public sealed record Adoption(
    HolderCard Card,
    HolderEnd? End,
    HolderFact? Named,
    HolderFact? Corrected,
    Household? Household,
    IReadOnlyList<Referral> Referrals);
