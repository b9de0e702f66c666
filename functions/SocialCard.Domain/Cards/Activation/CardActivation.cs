namespace SocialCard.Domain.Cards;

/// <summary>
/// Decides on the way from the receipt of a card to its activation: who may enable its applications where, and what becomes of a card
/// that nobody activated in time.
/// </summary>
/// <param name="Card">The card.</param>
public readonly record struct CardActivation(Card Card)
{
    /// <summary>
    /// The card was handed over: the activation clock starts. A receipt that a first use had implied is confirmed, and the
    /// deadline that runs since then stays.
    /// </summary>
    /// <param name="receivedOn">The local day of receipt, not later than today.</param>
    /// <param name="policy">The region's activation rule.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Receive(DateOnly receivedOn, ActivationPolicy policy, DateTimeOffset now)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.HasEnded;
        }

        if (Card.ReceivedOn is not { } known)
        {
            var change = new CardChange(Card);
            change.HandOver(receivedOn, implied: false, policy, now);
            change.Complete(now);
            return change.Decision;
        }

        if (Card.ReceiptImplied && receivedOn <= known)
        {
            return Decision.Changed(Card with { ReceivedOn = receivedOn, ReceiptImplied = false }, new ReceiptConfirmed(receivedOn));
        }

        return known == receivedOn ? Decision.Unchanged(Card) : Refusal.AlreadyReceived(known);
    }

    /// <summary>The bank, or the post for it, says that it has handed the card over.</summary>
    /// <inheritdoc cref="Receive"/>
    public Decision<Card> ReportReceipt(DateOnly receivedOn, ActivationPolicy policy, DateTimeOffset now) =>
        Card.Social.State is SocialState.Cancelled
            ? Card.Following.Beneath(now, before => before.Activation.Receive(receivedOn, policy, now), new BankEventNoted(now))
            : Receive(receivedOn, policy, now);

    /// <summary>
    /// Enables the social-security application. A use before the receipt was registered implies the receipt; a use before
    /// the deadline that is reported after it lifts the expiry.
    /// </summary>
    public Decision<Card> EnableSocial(ActivateSocial command, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.HasEnded;
        }

        // A use before the card was lost counts, also if its report comes after that of the loss.
        var social = command.OccurredAt < Card.Social.Since ? Card.SocialBeneath : Card.Social;
        var isSealedAgain = AwaitsUse && social.State is SocialState.Sealed;
        if (isSealedAgain && command.Channel is not (ServiceChannel.Hospital or ServiceChannel.Pharmacy))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!);
        }

        if (social.State is SocialState.Suspended && social.Reason is not StateReason.ActivationExpired)
        {
            return Refusal.CardSuspended(social.Reason);
        }

        if (ClosedAt(command.OccurredAt))
        {
            return Refusal.ActivationWindowClosed;
        }

        if (NotEntitled(command, policy) is { } refusal)
        {
            return refusal;
        }

        var change = new CardChange(Card);
        if (social.State is SocialState.Active || (isSealedAgain && command.OccurredAt < Card.SocialBeneath.Since))
        {
            change.Antedate(CardApplication.Social, command.OccurredAt);
            change.NoteFirstUse(command);
            return change.Decision;
        }

        if (command.Occasion is { } occasion && !policy.Occasions.Contains(occasion))
        {
            return Refusal.OccasionNotAllowed(SocialCardJson.NameOf<UsageOccasion>(occasion)!);
        }

        if (policy.SocialNeedsFinancial && Card.FinancialBeneath.State is not FinancialState.Active)
        {
            return Refusal.FinancialActivationRequired;
        }

        change.HandOverIfNeeded(command.OccurredAt, policy);
        change.EnableSocial(command.OccurredAt, new SocialActivated(
            command.Channel,
            command.Occasion,
            command.OccurredAt,
            command.Agent is { } agent ? agent.Relation ?? AgentRelation.Other : null));
        change.Complete(command.OccurredAt);
        change.AntedateCompletion();
        change.ReleaseIfExpired(Card, command.OccurredAt);
        change.NoteFirstUse(command);
        return change.Decision;
    }

    /// <summary>
    /// A use that was reported after the fact: nobody is there to be told no, so a refusal is noted instead. That of a card whose holder
    /// is recorded dead counts if the record turns out to be a mistake.
    /// </summary>
    public Decision<Card> ReportUse(ActivateSocial command, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(command);
        var decision = EnableSocial(command, policy);
        if (decision.Refusal is not { } refusal)
        {
            return decision;
        }

        var refused = new UsageRefused(command.Occasion!.Value, command.OccurredAt, refusal.Code);
        var beneath = Card.Following.Beneath(
            command.OccurredAt, before => before.Activation.EnableSocial(command, policy), refused);
        return beneath.Events.Count > 0 ? beneath : Decision.Changed(Card, refused);
    }

    /// <summary>The bank says that the financial application was activated.</summary>
    /// <param name="occurredAt">When, as the bank says.</param>
    /// <param name="policy">The region's activation rule.</param>
    public Decision<Card> ActivateFinancial(DateTimeOffset occurredAt, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Social.State is SocialState.Cancelled || Card.Financial.State is FinancialState.Cancelled)
        {
            return Card.Following.Beneath(
                occurredAt, before => before.Activation.ActivateFinancial(occurredAt, policy), new BankEventNoted(occurredAt));
        }

        var change = new CardChange(Card);

        // The bank has its application activated whether or not the card is on report: that is so beneath the report.
        var expired = Card.SocialBeneath is { State: SocialState.Suspended, Reason: StateReason.ActivationExpired };
        if (Card.FinancialBeneath.State is FinancialState.Active && !(expired && occurredAt < Card.ActivationTerms!.Deadline))
        {
            change.Antedate(CardApplication.Financial, occurredAt);
            return change.Decision;
        }

        change.HandOverIfNeeded(occurredAt, policy);
        var enablesSocial = policy.FinancialImpliesSocial
            && change.Card.SocialBeneath.State is SocialState.Sealed && !change.Card.Activation.AwaitsUse;
        change.Apply(
            change.Card.WithFinancial(new(FinancialState.Active, null, occurredAt)) with
            {
                FinancialActivatedAt = occurredAt < Card.FinancialActivatedAt ? occurredAt : Card.FinancialActivatedAt ?? occurredAt,
            },
            new FinancialActivated(occurredAt, enablesSocial));

        // After the deadline, the bank's step alone restores the card only where the region asks for no release after it.
        var restores = expired
            && (occurredAt < Card.ActivationTerms!.Deadline || !Card.ActivationTerms.RestoreSteps.Contains(RestoreStep.Release));
        if (enablesSocial || restores)
        {
            change.EnableSocial(occurredAt);
        }

        if (!expired || restores)
        {
            change.Complete(occurredAt);
            change.AntedateCompletion();
            change.ReleaseIfExpired(Card, occurredAt);
        }

        return change.Decision;
    }

    /// <summary>The holder is reminded to activate the card, if there is still anything to be reminded of.</summary>
    public Decision<Card> Remind(int daysBefore) =>
        IsAwaited && Card.ActivationTerms!.Deadline is { } deadline
            ? Decision.Changed(Card, new ActivationReminded(daysBefore, deadline))
            : Decision.Unchanged(Card);

    /// <summary>The medical card of before is restricted, if this one still waits for its activation and was never used.</summary>
    public Decision<Card> RestrictOldCard() =>
        IsAwaited && Card is { Replaces: null, EnabledAt: null, ActivationTerms.OldCardRestrictedAt: { } at }
            ? Decision.Changed(Card, new OldCardRestricted(at))
            : Decision.Unchanged(Card);

    /// <summary>The deadline has passed: the region's rule is applied, unless the card was activated or has ended.</summary>
    /// <param name="asOf">The time by which the deadline is judged.</param>
    public Decision<Card> Expire(DateTimeOffset asOf)
    {
        var change = new CardChange(Card);
        change.ExpireActivation(asOf);
        return change.Decision;
    }

    /// <summary>Releases a card whose activation expired, once the region's earlier steps are done.</summary>
    /// <param name="now">The time.</param>
    public Decision<Card> Restore(DateTimeOffset now)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.HasEnded;
        }

        if (Card.Loss.Social is not null)
        {
            return Refusal.CardSuspended(Card.Social.Reason);
        }

        if (Card.Social is not { State: SocialState.Suspended, Reason: StateReason.ActivationExpired })
        {
            return Card.ActivationExpiredAt is not null && Card.ActivatedAt is not null ? Decision.Unchanged(Card) : Refusal.NotExpired;
        }

        if (Card.ActivationTerms!.RestoreSteps.Contains(RestoreStep.ActivateFinancial) && Card.Financial.State is not FinancialState.Active)
        {
            return Refusal.RestoreStepMissing(SocialCardJson.NameOf<RestoreStep>(RestoreStep.ActivateFinancial)!);
        }

        return Decision.Changed(
            Card with { Social = new(SocialState.Active, null, now), ActivatedAt = now, EnabledAt = Card.EnabledAt ?? now },
            new ExpiryReleased(InTime: false));
    }

    /// <summary>
    /// Whether the social-security application was enabled once and is sealed since, until the next use at a hospital or pharmacy.
    /// </summary>
    internal bool AwaitsUse => Card.EnabledAt is not null && Card.SocialBeneath.State is SocialState.Sealed;

    /// <summary>Whether the activation clock runs: received, not activated as the region asks, not expired, not ended.</summary>
    internal bool IsAwaited =>
        Card is { ReceivedOn: not null, ActivatedAt: null, ActivationExpiredAt: null, Social.State: not SocialState.Cancelled }
            and { SocialBeneath.Reason: not StateReason.ValidityEnded };

    /// <summary>Whether the applications are enabled as the terms ask.</summary>
    internal bool IsComplete => Card.ActivationTerms?.AppliesTo switch
    {
        ActivationScope.Social => Card.SocialBeneath.State is SocialState.Active,
        ActivationScope.Financial => Card.FinancialBeneath.State is FinancialState.Active,
        ActivationScope.Both => Card.SocialBeneath.State is SocialState.Active && Card.FinancialBeneath.State is FinancialState.Active,
        ActivationScope.Any => Card.SocialBeneath.State is SocialState.Active || Card.FinancialBeneath.State is FinancialState.Active,
        _ => false,
    };

    /// <summary>When the applications were enabled as the terms ask, whether or not they still are; null where they never were.</summary>
    internal DateTimeOffset? EnabledAsAsked => (Card.ActivationTerms?.AppliesTo, Card.EnabledAt, Card.FinancialActivatedAt) switch
    {
        (ActivationScope.Social, var social, _) => social,
        (ActivationScope.Financial, _, var financial) => financial,
        (ActivationScope.Both, { } social, { } financial) => social > financial ? social : financial,
        (ActivationScope.Any, { } social, { } financial) => social < financial ? social : financial,
        (ActivationScope.Any, var social, var financial) => social ?? financial,
        _ => null,
    };

    /// <summary>
    /// Whether a use at a time comes too late: only where the rule closes the card, not where it warns or limits the bank side.
    /// </summary>
    private bool ClosedAt(DateTimeOffset occurredAt) =>
        Card.ActivatedAt is null
        && Card.ActivationTerms is { Deadline: { } deadline, OnMissed: MissedActivation.SuspendSocial or MissedActivation.Forfeit }
        && occurredAt >= deadline;

    private static Refusal? NotEntitled(ActivateSocial command, ActivationPolicy policy)
    {
        if (!policy.Social.Channels.Contains(command.Channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!);
        }

        var today = ChinaTime.DateOf(command.OccurredAt);
        var isMinor = policy.IsMinor(command.HolderBirthDate, today);
        if (command.Agent is not null && !isMinor && policy.Social.AgentChannels?.Contains(command.Channel) is false)
        {
            return Refusal.AgentNotAllowed;
        }

        return command.Agent is { } agent ? agent.NotAccepted(policy.Social.Agent, isMinor, today, policy.GuardianDocuments)
            : isMinor ? Refusal.GuardianRequired
            : null;
    }
}
