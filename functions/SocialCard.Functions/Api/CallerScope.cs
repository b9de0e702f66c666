namespace SocialCard.Functions.Api;

/// <summary>Whether what a command names is the caller's.</summary>
public static class CallerScope
{
    /// <summary>403 unless the region is one of the caller's; one that is left out is none to check.</summary>
    public static CommandCall<TState, TBody> Within<TState, TBody>(this CommandCall<TState, TBody> call, Func<TBody, string?> region)
        where TState : class, IAggregate<TState>
        where TBody : class
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Unless((context, _) => region(context.Body) is { } named && !context.Caller.Covers(named)
            ? Problems.Forbidden("The region is not the caller's.") : null);
    }
}
