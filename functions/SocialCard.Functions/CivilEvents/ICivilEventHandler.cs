namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Handles an event of a person's life with what is kept of the person beside the cards. Called after the cards have changed, again
/// for every delivery of the event until all handlers have returned; so a step that was made must do no harm when it is made again.
/// </summary>
public interface ICivilEventHandler
{
    /// <summary>Does what follows from the event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Stops the work; the event is delivered again.</param>
    Task HandleAsync(CivilEvent happened, CancellationToken cancellation);
}
