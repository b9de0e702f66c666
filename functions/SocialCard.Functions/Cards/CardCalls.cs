namespace SocialCard.Functions.Cards;

/// <summary>What commands of holders have in common.</summary>
internal static class CardCalls
{
    /// <summary>403 unless the channel is one of the caller's.</summary>
    public static CommandCall<TState, TBody> Through<TState, TBody>(
        this CommandCall<TState, TBody> call, Func<TBody, ServiceChannel?> channel)
        where TState : class, IAggregate<TState>
        where TBody : class => call.Through(channel, PartnerChannels.Of);
}
