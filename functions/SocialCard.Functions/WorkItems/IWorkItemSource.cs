namespace SocialCard.Functions.WorkItems;

/// <summary>Tells what there is to do about an aggregate of one kind. A kind of aggregate with work to do has one.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public interface IWorkItemSource<in TState>
    where TState : class
{
    /// <summary>Everything that there is to do about an aggregate as it stands; pure.</summary>
    IEnumerable<WorkItem> ItemsOf(TState state);
}
