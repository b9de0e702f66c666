using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.WorkItems;

/// <summary>Where an aggregate's work comes onto the list.</summary>
internal static class WorkItemRegistration
{
    /// <summary>Puts what there is to do about a kind of aggregate on the work list.</summary>
    public static IServiceCollection AddWorkItems<TState, TSource>(this IServiceCollection services)
        where TState : class, IAggregate<TState>
        where TSource : class, IWorkItemSource<TState> =>
        services
            .AddSingleton<IWorkItemSource<TState>, TSource>()
            .AddSingleton<WorkItemProjection<TState>>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<WorkItemProjection<TState>>())
            .AddSingleton<IEventHandler<TState>, WorkItemHandler<TState>>();
}
