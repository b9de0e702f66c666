using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    /// <summary>
    /// Enables the social-security application. A use before the receipt was registered implies the receipt; a use before
    /// the deadline that is reported after it lifts the expiry.
    /// </summary>
    public Decision<Card> Activate(ActivateSocial command, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        // A use before the card was lost counts, also if its report comes after that of the loss.
        var social = command.OccurredAt < Social.Since ? this.SocialBeneath : Social;
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

        var change = new CardChange(this);
        if (social.State is SocialState.Active)
        {
            change.NoteFirstUse(command);
            return change.Decision;
        }

        if (policy.SocialNeedsFinancial && this.FinancialBeneath.State is not FinancialState.Active)
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
        change.ReleaseIfExpired(this, command.OccurredAt);
        change.NoteFirstUse(command);
        return change.Decision;
    }

    /// <summary>
    /// A use that was reported after the fact: nobody is there to be told no, so a refusal is noted instead.
    /// </summary>
    public Decision<Card> ReportUsage(ActivateSocial command, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(command);
        var decision = Activate(command, policy);
        return decision.Refusal is { } refusal
            ? Decision.Changed(this, new UsageRefused(command.Occasion!.Value, command.OccurredAt, refusal.Code))
            : decision;
    }

    /// <summary>The bank says that the financial application was activated.</summary>
    /// <param name="occurredAt">When, as the bank says.</param>
    /// <param name="policy">The region's activation rule.</param>
    public Decision<Card> ActivateFinancial(DateTimeOffset occurredAt, ActivationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Social.State is SocialState.Cancelled || Financial.State is FinancialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        var financial = occurredAt < Financial.Since ? this.FinancialBeneath : Financial;
        if (financial.State is FinancialState.Active)
        {
            return Decision.Unchanged(this);
        }

        if (financial is { State: FinancialState.Suspended, Reason: not StateReason.ActivationExpired })
        {
            return occurredAt < financial.Since
                ? Decision.Changed(this, new BankEventOutdated(occurredAt))
                : Refusal.CardSuspended(financial.Reason);
        }

        var change = new CardChange(this);
        change.HandOverIfNeeded(occurredAt, policy);
        var enablesSocial = policy.FinancialImpliesSocial && change.Card.SocialBeneath.State is SocialState.Sealed;
        change.Apply(
            change.Card.WithFinancial(new(FinancialState.Active, null, occurredAt)),
            new FinancialActivated(occurredAt, enablesSocial));

        // After the deadline, the bank's step alone restores the card only where the region asks for no release after it.
        var expired = this.SocialBeneath is { State: SocialState.Suspended, Reason: StateReason.ActivationExpired };
        var restores = expired
            && (occurredAt < ActivationTerms!.Deadline || !ActivationTerms.RestoreSteps.Contains(RestoreStep.Release));
        if (enablesSocial || restores)
        {
            change.EnableSocial(occurredAt);
        }

        if (!expired || restores)
        {
            change.Complete(occurredAt);
            change.ReleaseIfExpired(this, occurredAt);
        }

        return change.Decision;
    }

    /// <summary>The holder is reminded to activate the card, if there is still anything to be reminded of.</summary>
    public Decision<Card> RemindToActivate(int daysBefore) =>
        AwaitsActivation && ActivationTerms!.Deadline is { } deadline
            ? Decision.Changed(this, new ActivationReminded(daysBefore, deadline))
            : Decision.Unchanged(this);

    /// <summary>The deadline has passed: the region's rule is applied, unless the card was activated or has ended.</summary>
    /// <param name="asOf">The time by which the deadline is judged.</param>
    public Decision<Card> ExpireActivation(DateTimeOffset asOf)
    {
        if (!AwaitsActivation || ActivationTerms!.Deadline is not { } deadline || asOf < deadline)
        {
            return Decision.Unchanged(this);
        }

        var expired = this with { ActivationExpiredAt = asOf };
        var outcome = ActivationTerms.OnMissed;
        return outcome switch
        {
            MissedActivation.SuspendSocial => Decision.Changed(
                expired.WithSocial(new(SocialState.Suspended, StateReason.ActivationExpired, asOf)),
                new ActivationExpired(deadline, outcome, StateReason.ActivationExpired)),
            MissedActivation.SuspendFinancial => Decision.Changed(
                expired.WithFinancial(new(FinancialState.Suspended, StateReason.ActivationExpired, asOf)),
                new ActivationExpired(deadline, outcome, StateReason.ActivationExpired)),
            MissedActivation.Forfeit => expired.Forfeited(new ActivationExpired(deadline, outcome, StateReason.Forfeited), asOf),
            _ => Decision.Changed(expired, new ActivationExpired(deadline, outcome, null)),
        };
    }

    /// <summary>Releases a card whose activation expired, once the region's earlier steps are done.</summary>
    /// <param name="now">The time.</param>
    public Decision<Card> RestoreExpired(DateTimeOffset now)
    {
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Loss.Social is not null)
        {
            return Refusal.CardSuspended(Social.Reason);
        }

        if (Social is not { State: SocialState.Suspended, Reason: StateReason.ActivationExpired })
        {
            return ActivationExpiredAt is not null && ActivatedAt is not null ? Decision.Unchanged(this) : Refusal.NotExpired;
        }

        if (ActivationTerms!.RestoreSteps.Contains(RestoreStep.ActivateFinancial) && Financial.State is not FinancialState.Active)
        {
            return Refusal.RestoreStepMissing(SocialCardJson.NameOf<RestoreStep>(RestoreStep.ActivateFinancial)!);
        }

        return Decision.Changed(
            this with { Social = new(SocialState.Active, null, now), ActivatedAt = now, EnabledAt = EnabledAt ?? now },
            new ExpiryReleased(InTime: false));
    }

    internal Decision<Card> Forfeited(DomainEvent happened, DateTimeOffset asOf)
    {
        var change = new CardChange(this);
        change.Cancel(StateReason.Forfeited, asOf, happened);
        return change.Decision;
    }

    /// <summary>Whether the activation clock runs: received, not activated as the region asks, not expired, not ended.</summary>
    internal bool AwaitsActivation =>
        ReceivedOn is not null && ActivatedAt is null && ActivationExpiredAt is null && Social.State is not SocialState.Cancelled;

    /// <summary>Whether a use at a time comes too late: only where the rule closes the card, not where it warns or limits the bank side.</summary>
    internal bool ClosedAt(DateTimeOffset occurredAt) =>
        ActivatedAt is null
        && ActivationTerms is { Deadline: { } deadline, OnMissed: MissedActivation.SuspendSocial or MissedActivation.Forfeit }
        && occurredAt >= deadline;

    internal static Refusal? NotEntitled(ActivateSocial command, ActivationPolicy policy)
    {
        if (!policy.Social.Channels.Contains(command.Channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ActivationChannel>(command.Channel)!);
        }

        var today = ChinaTime.DateOf(command.OccurredAt);
        var isMinor = command.HolderBirthDate is { } born && policy.IsMinor(born, today);
        return command.Agent is { } agent ? agent.NotAccepted(policy.Social.Agent, isMinor, today)
            : isMinor ? Refusal.GuardianRequired
            : null;
    }

    /// <summary>Whether the applications are enabled as the terms ask.</summary>
    internal bool IsActivated => ActivationTerms?.AppliesTo switch
    {
        ActivationScope.Social => this.SocialBeneath.State is SocialState.Active,
        ActivationScope.Financial => this.FinancialBeneath.State is FinancialState.Active,
        ActivationScope.Both => this.SocialBeneath.State is SocialState.Active && this.FinancialBeneath.State is FinancialState.Active,
        ActivationScope.Any => this.SocialBeneath.State is SocialState.Active || this.FinancialBeneath.State is FinancialState.Active,
        _ => false,
    };
}
