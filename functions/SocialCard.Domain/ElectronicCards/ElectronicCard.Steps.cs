namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>Why the steps cannot be changed now; null where they can.</summary>
    public Refusal? EditFault() => State switch
    {
        ElectronicCardState.Draft or ElectronicCardState.Refused => null,
        ElectronicCardState.Submitted => ElectronicCardRefusals.UnderReview,
        ElectronicCardState.Issued => ElectronicCardRefusals.AlreadyIssued,
        ElectronicCardState.Lapsed => ElectronicCardRefusals.Lapsed,
        _ => ElectronicCardRefusals.Ended,
    };

    /// <summary>
    /// The guardian has read and accepted the notice. Who goes on later than a day after his verification accepts it again, with a new one.
    /// </summary>
    /// <param name="version">Which one was read.</param>
    /// <param name="now">The time.</param>
    /// <param name="realName">A new verification of his real name.</param>
    public Decision<ElectronicCard> AcceptNotice(string version, DateTimeOffset now, RealNameVerification? realName = null)
    {
        if (EditFault() is { } fault)
        {
            return fault;
        }

        if (version != Terms.NoticeVersion)
        {
            return ElectronicCardRefusals.NoticeOutdated;
        }

        var verified = realName is not null && realName.At > Guardian.RealName.At
            ? this with { Guardian = Guardian with { RealName = realName } } : this;
        return Notice is null
            ? Decision.Changed(verified with { Notice = new(version, now) }, new ElectronicCardNoticeAccepted(version))
            : ReferenceEquals(verified, this) ? Decision.Unchanged(this)
            : Decision.Changed(verified, new ElectronicCardNoticeAccepted(version));
    }

    /// <summary>The child is named, or named otherwise; a letter that was signed before is signed again.</summary>
    /// <param name="member">The child.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> NameMember(ElectronicCardMember member, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        return EditFault() is { } fault ? fault
            : Notice is null ? ElectronicCardRefusals.NoticeNotAccepted
            : member.AccessEndsAt <= now ? ElectronicCardRefusals.ChildTooOld
            : member.Person.Id == Guardian.Person.Id ? ElectronicCardRefusals.MemberIsGuardian
            : Unsigned(this with { Member = member }, new ElectronicCardMemberNamed());
    }

    /// <summary>A document comes, or takes the place of one of its kind; another content voids the signature.</summary>
    public Decision<ElectronicCard> Attach(ElectronicCardDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (MemberFault() is { } fault)
        {
            return fault;
        }

        if (!Terms.Documents.Contains(document.Kind))
        {
            return ElectronicCardRefusals.DocumentNotAccepted;
        }

        var before = DocumentOf(document.Kind);
        var others = Documents.Where(one => one.Kind != document.Kind);
        var after = this with { Documents = [.. others.Append(document).OrderBy(one => one.Kind)] };
        var attached = new ElectronicCardDocumentAttached(document.Kind, document.Sha256, document.Bytes, document.MediaType);
        return before?.Sha256 == document.Sha256 ? Decision.Changed(after, attached) : Unsigned(after, attached);
    }

    // Why what needs a child cannot be done now.
    private Refusal? MemberFault() => EditFault()
        ?? (Notice is null ? ElectronicCardRefusals.NoticeNotAccepted : Member is null ? ElectronicCardRefusals.MemberMissing : null);
}
