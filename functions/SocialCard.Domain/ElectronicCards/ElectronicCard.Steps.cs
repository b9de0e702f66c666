using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>An application is opened.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="regionCode">The region of the guardian's card.</param>
    /// <param name="guardian">Who applies.</param>
    /// <param name="wardship">What the child is to him.</param>
    /// <param name="terms">The rules that it is opened under.</param>
    /// <param name="now">The time.</param>
    public static Decision<ElectronicCard> Open(
        string id, string regionCode, ElectronicCardGuardian guardian, Wardship wardship, ElectronicCardTerms terms, DateTimeOffset now) => Decision.Changed(
        new ElectronicCard
        {
            Id = id,
            RegionCode = regionCode,
            Terms = terms,
            Guardian = guardian,
            Wardship = wardship,
            OpenedAt = now,
            LapsesAt = DraftEnd(now),
            State = ElectronicCardState.Draft,
        },
        new ElectronicCardOpened(wardship));

    /// <summary>Why the steps cannot be changed now; null where they can.</summary>
    public Refusal? EditFault() => State switch
    {
        ElectronicCardState.Draft or ElectronicCardState.Refused => null,
        ElectronicCardState.Submitted => ElectronicCardRefusals.UnderReview,
        ElectronicCardState.Issued => ElectronicCardRefusals.AlreadyIssued,
        ElectronicCardState.Lapsed => ElectronicCardRefusals.Lapsed,
        _ => ElectronicCardRefusals.Ended,
    };

    /// <summary>Why there is no letter to be signed now; null where there is one.</summary>
    public Refusal? LetterFault() => EditFault()
        ?? (Notice is null ? ElectronicCardRefusals.NoticeNotAccepted
            : Member is null ? ElectronicCardRefusals.MemberMissing
            : !HasDocuments() ? ElectronicCardRefusals.DocumentsMissing
            : null);

    /// <summary>The guardian has read and accepted the notice.</summary>
    public Decision<ElectronicCard> AcceptNotice(string version, DateTimeOffset now) =>
        EditFault() is { } fault ? fault
        : version != Terms.NoticeVersion ? ElectronicCardRefusals.NoticeOutdated
        : Notice is not null ? Decision.Unchanged(this)
        : Decision.Changed(this with { Notice = new(version, now) }, new ElectronicCardNoticeAccepted(version));

    /// <summary>The child is named, or named otherwise; a letter that was signed before is signed again.</summary>
    /// <param name="person">The child.</param>
    /// <param name="accessEndsAt">When it is old enough that its guardian's access ends.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> NameMember(Holder person, DateTimeOffset accessEndsAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(person);
        return EditFault() is { } fault ? fault
            : Notice is null ? ElectronicCardRefusals.NoticeNotAccepted
            : person.Key == Guardian.Person.Key ? ElectronicCardRefusals.MemberIsGuardian
            : accessEndsAt <= now ? ElectronicCardRefusals.ChildTooOld
            : Unsigned(this with { Member = new(person, accessEndsAt) }, new ElectronicCardMemberNamed());
    }

    /// <summary>A document comes, or takes the place of one of its kind; another content voids the signature.</summary>
    public Decision<ElectronicCard> Attach(ElectronicCardDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if ((EditFault() ?? (Notice is null ? ElectronicCardRefusals.NoticeNotAccepted : Member is null ? ElectronicCardRefusals.MemberMissing : null)) is { } fault)
        {
            return fault;
        }

        if (!Terms.Documents.Contains(document.Kind))
        {
            return ElectronicCardRefusals.DocumentNotAccepted;
        }

        var before = Documents.FirstOrDefault(one => one.Kind == document.Kind);
        var after = this with { Documents = [.. Documents.Where(one => one.Kind != document.Kind).Append(document).OrderBy(one => one.Kind)] };
        var attached = new ElectronicCardDocumentAttached(document.Kind, document.Sha256, document.Bytes, document.MediaType);
        return before?.Sha256 == document.Sha256 ? Decision.Changed(after, attached) : Unsigned(after, attached);
    }

    /// <summary>The guardian signs the letter.</summary>
    /// <param name="letter">The letter as it is now.</param>
    /// <param name="hash">The hash of the letter that he was shown.</param>
    /// <param name="method">How he proved that it is he.</param>
    /// <param name="reference">The verifier's name for that.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> Sign(CommitmentLetter letter, string hash, PersonCheck method, string reference, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return LetterFault() is { } fault ? fault
            : !Terms.SignatureChecks.Contains(method) ? ElectronicCardRefusals.SignatureCheckNotAllowed
            : hash != letter.Hash ? ElectronicCardRefusals.LetterChanged
            : Decision.Changed(
                this with { Signature = new(hash, letter.TemplateVersion, Guardian.Person.Name, method, reference, now, letter.SealedFacts) },
                new ElectronicCardLetterSigned(hash, letter.TemplateVersion, method));
    }

    /// <summary>The application goes to the bureau.</summary>
    public Decision<ElectronicCard> Submit(WorkingCalendar calendar, DateTimeOffset now)
    {
        if ((LetterFault() ?? (Signature is null ? ElectronicCardRefusals.LetterNotSigned : null)) is { } fault)
        {
            return fault;
        }

        var dueOn = Terms.Review is { } review ? LastDay.Of(review, ChinaTime.DateOf(now), calendar).Date : (DateOnly?)null;
        return Decision.Changed(
            this with { State = ElectronicCardState.Submitted, Review = new(now, dueOn, dueOn is { } day ? FirstEscalation(day) : null) },
            new ElectronicCardSubmitted(dueOn));
    }

    /// <summary>The bureau decides; an approval issues the card.</summary>
    /// <param name="isApproved">Whether the card is issued.</param>
    /// <param name="reason">Why not; null for an approval.</param>
    /// <param name="by">The bureau.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> Decide(bool isApproved, string? reason, string by, DateTimeOffset now)
    {
        if (State is not ElectronicCardState.Submitted)
        {
            return ElectronicCardRefusals.NotUnderReview;
        }

        var decided = this with { Review = Review! with { NextEscalation = null, Verdict = new(isApproved, reason, by, now) } };
        return isApproved
            ? Decision.Changed(decided with { State = ElectronicCardState.Issued, IssuedAt = now }, new ElectronicCardDecided(true), new ElectronicCardIssued())
            : Decision.Changed(decided with { State = ElectronicCardState.Refused, LapsesAt = DraftEnd(now) }, new ElectronicCardDecided(false));
    }

    /// <summary>The guardian gives it up, whatever stage it is in.</summary>
    public Decision<ElectronicCard> GiveUp(DateTimeOffset now) =>
        State is ElectronicCardState.Lapsed ? ElectronicCardRefusals.Lapsed
        : IsOver() ? ElectronicCardRefusals.Ended
        : EndWith(ElectronicCardEnd.GivenUp, now);

    /// <summary>A hospital or pharmacy checks a voucher; each counts once.</summary>
    /// <param name="voucher">The voucher.</param>
    /// <param name="use">What the card is good for while its physical card is as it is.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> CheckVoucher(Voucher voucher, ElectronicCardUse use, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(voucher);
        return voucher.ExpiresAt <= now ? ElectronicCardRefusals.VoucherExpired
            : UsedVouchers.Any(used => used.VoucherId == voucher.Id) ? ElectronicCardRefusals.VoucherUsed
            : UseFault(use, voucher.IsAuthorised) is { } fault ? fault
            : Decision.Changed(
                this with { UsedVouchers = [.. UsedVouchers.Where(used => used.ExpiresAt > now), new(voucher.Id, voucher.ExpiresAt)] },
                new ElectronicCardVoucherChecked());
    }

    /// <summary>Why the card cannot be shown now; null where it can.</summary>
    /// <param name="use">What it is good for while its physical card is as it is.</param>
    /// <param name="isAuthorised">Whether the guardian has said that it be used nonetheless.</param>
    public Refusal? UseFault(ElectronicCardUse use, bool isAuthorised) =>
        State is not ElectronicCardState.Issued ? ElectronicCardRefusals.NotIssued
        : use is ElectronicCardUse.Blocked ? ElectronicCardRefusals.PhysicalCardUnusable
        : use is ElectronicCardUse.WithAuthorization && !isAuthorised ? ElectronicCardRefusals.AuthorisationMissing
        : null;

    /// <summary>The guardian or the child has died or has renounced the nationality.</summary>
    /// <param name="holderKey">Which of them, by the <see cref="Holder.Key"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> EndWithPerson(string holderKey, DateTimeOffset now) =>
        IsOver() ? Decision.Unchanged(this)
        : Guardian.Person.Key == holderKey ? EndWith(ElectronicCardEnd.GuardianEnded, now)
        : Member?.Person.Key == holderKey ? EndWith(ElectronicCardEnd.MemberEnded, now)
        : Decision.Unchanged(this);

    /// <summary>
    /// The guardian or the child has another name or ID number. A letter that is not submitted yet is signed again; one that is
    /// says what was signed then.
    /// </summary>
    /// <param name="holderKey">Which of them, by the <see cref="Holder.Key"/> until now.</param>
    /// <param name="corrected">The person as he is now.</param>
    /// <param name="accessEndsAt">When a child of his day of birth is old enough.</param>
    public Decision<ElectronicCard> Correct(string holderKey, Holder corrected, DateTimeOffset accessEndsAt)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        ElectronicCard? after = IsOver() || (Guardian.Person == corrected || Member?.Person == corrected) ? null
            : Guardian.Person.Key == holderKey ? this with { Guardian = Guardian with { Person = corrected } }
            : Member?.Person.Key == holderKey ? this with { Member = new(corrected, accessEndsAt) }
            : null;
        return after is null ? Decision.Unchanged(this)
            : EditFault() is null ? Unsigned(after, new ElectronicCardPersonCorrected())
            : Decision.Changed(after, new ElectronicCardPersonCorrected());
    }

    private static Decision<ElectronicCard> Unsigned(ElectronicCard after, DomainEvent happened) => after.Signature is null
        ? Decision.Changed(after, happened)
        : Decision.Changed(after with { Signature = null }, happened, new ElectronicCardSignatureVoided());

    private static DateTimeOffset DraftEnd(DateTimeOffset from) => ChinaTime.StartOf(ChinaTime.DateOf(from).AddDays(DraftDays + 1));
}
