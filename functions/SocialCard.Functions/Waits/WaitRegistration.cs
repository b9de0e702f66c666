using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.Waits;

/// <summary>Where an aggregate's waits come onto the list.</summary>
internal static class WaitRegistration
{
    /// <summary>Puts what a kind of aggregate waits for on the list of waits.</summary>
    public static IServiceCollection AddWaits<TState, TSource>(this IServiceCollection services)
        where TState : class, IAggregate<TState>
        where TSource : class, IWaitSource<TState> =>
        services
            .AddSingleton<IWaitSource<TState>, TSource>()
            .AddSingleton<IStanding<TState>, WaitStanding<TState>>()
            .AddSingleton<WaitProjection<TState>>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<WaitProjection<TState>>())
            .AddSingleton<WaitRefresh<TState>>()
            .AddSingleton<IEventHandler<TState>, WorkflowInterventions<TState>>();
}
