using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Decides on a new family link by the guardian's card and by what he has reserved.</summary>
public sealed class FamilyLinkOpening(
    CardRepository cards,
    FamilyLinkReservations reservations,
    PersonProtection holders,
    HolderDirectory directory,
    RegionPolicies regions)
{
    private static readonly TimeSpan FaceValidity = TimeSpan.FromHours(24);

    /// <summary>The link, or why there is none; a repetition makes the same reservation.</summary>
    public async Task<Decision<FamilyLink>> DecideAsync(
        CommandContext<OpenFamilyLinkRequest> command, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var body = command.Body;
        if (await cards.FindAsync(body.GuardianCardNumber, command.Caller, cancellation) is not { } card)
        {
            return Refusal.CardNotFound;
        }

        var policy = regions.For(card.RegionCode);
        if (NotAcceptable(body, card, policy, now) is { } refusal)
        {
            return refusal;
        }

        var decision = FamilyLink.Open(
            new()
            {
                Id = command.ResourceId,
                RegionCode = card.RegionCode,
                Guardian = card.Holder,
                Member = await directory.IdentifyAsync(
                    new(body.Member.Identity, body.Member.Name.Value, holders.Open(card.Holder).Mobile), cancellation),
                Relation = body.Relation,
                Evidence = new(body.FaceVerification, body.Document, body.Undertaking),
                LinkedAt = now,
            },
            body.Member.Identity.AgeOn(ChinaTime.DateOf(now)) is not { } age || age >= policy.FamilySharing.MedicalCodeGuardianBelowAge);
        return decision.State is { } link && await ReserveAsync(link, policy, cancellation) is { } full ? full : decision;
    }

    private Refusal? NotAcceptable(OpenFamilyLinkRequest body, Card card, RegionPolicy policy, DateTimeOffset now) =>
        !holders.Matches(card.Holder, body.Guardian) ? Refusal.HolderMismatch
        : card.Status is not CardStatus.Active ? FamilyLinkRefusals.GuardianCardNotActive
        : holders.DocumentOf(card.Holder, body.Guardian).AgeOn(ChinaTime.DateOf(now)) < policy.ElectronicCard.OfChild.GuardianFromAge
            ? FamilyLinkRefusals.GuardianTooYoung
        : body.Relation.ContradictsAges(
            holders.DocumentOf(card.Holder, body.Guardian).BirthDate, body.Member.Identity.BirthDate) ? Refusal.RelationContradictsAge
        : body.FaceVerification.At < now - FaceValidity ? FamilyLinkRefusals.FaceOutdated
        : null;

    /// <summary>The place that a link takes among those that the guardian may have.</summary>
    internal static GuardianReservation ReservationOf(FamilyLink link) =>
        new(link.Id, link.Relation.ToString(), link.Member.Id, link.LinkedAt);

    private async Task<Refusal?> ReserveAsync(FamilyLink link, RegionPolicy policy, CancellationToken cancellation)
    {
        var wanted = ReservationOf(link);
        var refusal = await reservations.ReserveAsync(
            link.Guardian.Id,
            wanted,
            others => FamilyLinkReservations.FaultOf(wanted, others, policy.FamilySharing.MedicalCodeMaxLinked),
            cancellation);
        if (refusal is null)
        {
            await reservations.IndexMemberAsync(link.Member.Id, link.Id, cancellation);
        }

        return refusal;
    }
}
