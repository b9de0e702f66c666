using SocialCard.Functions.People;

namespace SocialCard.Functions.Cards;

/// <summary>What commands of holders have in common.</summary>
internal static class CardCalls
{
    /// <summary>Refuses unless the document that was presented is the holder's.</summary>
    public static CommandCall<Card, TBody> Presents<TBody>(
        this CommandCall<Card, TBody> call, PersonProtection holders, Func<TBody, IdentityDocument> document)
        where TBody : class =>
        call.Prove((card, context) => holders.Matches(card.Holder, document(context.Body)) ? null : Refusal.HolderMismatch);

    /// <summary>403 unless the channel is one of the caller's.</summary>
    public static CommandCall<TState, TBody> Through<TState, TBody>(
        this CommandCall<TState, TBody> call, Func<TBody, ServiceChannel> channel)
        where TState : class, IAggregate<TState>
        where TBody : class => call.Through(channel, PartnerChannels.Of);

    /// <summary>403 unless the channel is one of those that the caller's role has for this.</summary>
    public static CommandCall<TState, TBody> Through<TState, TBody>(
        this CommandCall<TState, TBody> call,
        Func<TBody, ServiceChannel> channel,
        Func<PartnerRole, IReadOnlyList<ServiceChannel>> channelsOf)
        where TState : class, IAggregate<TState>
        where TBody : class =>
        call.Unless((context, _) => channelsOf(context.Caller.Role).Contains(channel(context.Body))
            ? null : Problems.Forbidden("The channel is not the caller's."));
}
