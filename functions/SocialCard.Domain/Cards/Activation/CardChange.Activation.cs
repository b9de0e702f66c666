namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>The card goes to its holder: the clock starts, and where the region says so the card works at once.</summary>
    public void HandOver(DateOnly day, bool implied, ActivationPolicy policy, DateTimeOffset at)
    {
        var terms = ActivationTerms.Of(policy, day);
        Apply(
            Card with { ReceivedOn = day, ReceiptImplied = implied, ActivationTerms = terms },
            new CardReceived(day, implied, terms.Deadline));
        if ((policy.SocialUsableOnReceipt || policy.AtIssue) && Card.SocialBeneath.State is SocialState.Sealed)
        {
            EnableSocial(at, new SocialActivated(null, null, at, null));
        }
    }

    /// <summary>A card that is used is in its holder's hands, whether or not somebody has said so.</summary>
    public void HandOverIfNeeded(DateTimeOffset occurredAt, ActivationPolicy policy)
    {
        if (Card.ReceivedOn is null)
        {
            HandOver(ChinaTime.DateOf(occurredAt), implied: true, policy, occurredAt);
        }
    }

    /// <summary>The social-security application works from now on.</summary>
    public void EnableSocial(DateTimeOffset at, params IEnumerable<DomainEvent> happened)
    {
        if (Card.SocialBeneath.State is not SocialState.Active)
        {
            Apply(Card.WithSocial(new(SocialState.Active, null, at)) with { EnabledAt = Card.EnabledAt ?? at }, happened);
        }
    }

    /// <summary>Stops the clock if what the region asks for is done.</summary>
    public void Complete(DateTimeOffset occurredAt)
    {
        if (Card.ActivatedAt is null && Card.Activation.IsComplete)
        {
            var at = Later(occurredAt, Card.Activation.EnabledAsAsked ?? occurredAt);
            Apply(Card with { ActivatedAt = at }, new ActivationCompleted(at));
        }
    }

    /// <summary>An application that works is heard to have been enabled earlier than was known.</summary>
    public void Antedate(CardApplication application, DateTimeOffset at)
    {
        if (application is CardApplication.Social && at < Card.EnabledAt)
        {
            var social = Card.SocialBeneath;
            var next = social.Since == Card.EnabledAt ? Card.WithSocial(social with { Since = at }) : Card;
            Apply(next with { EnabledAt = at }, new EnabledEarlier(application, at));
        }
        else if (application is CardApplication.Financial && at < Card.FinancialActivatedAt)
        {
            var financial = Card.FinancialBeneath;
            var next = financial.Since == Card.FinancialActivatedAt ? Card.WithFinancial(financial with { Since = at }) : Card;
            Apply(next with { FinancialActivatedAt = at }, new EnabledEarlier(application, at));
        }

        AntedateCompletion();
    }

    /// <summary>The clock stopped when what the region asks for was done, not when the service heard of it.</summary>
    public void AntedateCompletion()
    {
        if (Card.ActivationExpiredAt is null && Card.Activation.EnabledAsAsked is { } done && done < Card.ActivatedAt)
        {
            Apply(Card with { ActivatedAt = done });
        }
    }

    /// <summary>Tells that a card which had expired works again.</summary>
    public void ReleaseIfExpired(Card before, DateTimeOffset occurredAt)
    {
        if (before.SocialBeneath is { State: SocialState.Suspended, Reason: StateReason.ActivationExpired })
        {
            Apply(Card, new ExpiryReleased(InTime: occurredAt < Card.ActivationTerms!.Deadline));
        }
    }

    /// <summary>
    /// The deadline has passed: the region's rule is applied as of the deadline, unless the card was activated or has ended.
    /// </summary>
    public void ExpireActivation(DateTimeOffset asOf)
    {
        if (!Card.Activation.IsAwaited || Card.ActivationTerms is not { Deadline: { } deadline, OnMissed: var outcome } || asOf < deadline)
        {
            return;
        }

        Apply(Card with { ActivationExpiredAt = deadline });
        switch (outcome)
        {
            case MissedActivation.SuspendSocial:
                Apply(
                    Card.WithSocial(new(SocialState.Suspended, StateReason.ActivationExpired, deadline)),
                    new ActivationExpired(deadline, outcome, StateReason.ActivationExpired));
                break;
            case MissedActivation.SuspendFinancial:
                Apply(
                    Card.WithFinancial(new(FinancialState.Suspended, StateReason.ActivationExpired, deadline)),
                    new ActivationExpired(deadline, outcome, StateReason.ActivationExpired));
                break;
            case MissedActivation.Forfeit:
                Cancel(StateReason.Forfeited, deadline, new ActivationExpired(deadline, outcome, StateReason.Forfeited));
                break;
            default:
                Apply(Card, new ActivationExpired(deadline, outcome, null));
                break;
        }
    }
}
