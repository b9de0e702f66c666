using SocialCard.Functions.Observability;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// The queue <c>civil-events</c>: events by one of the person's cards. What comes over HTTPS is put on it too, so that both are
/// carried out in one way. One that cannot be carried out fails and ends on the poison queue.
/// </summary>
public sealed class CivilEventMessageTrigger(CivilEventReports reports, CivilEventProcess process, UnknownParts unknown)
{
    /// <summary>Carries out an event.</summary>
    /// <exception cref="InvalidCivilEventException">The message cannot be used.</exception>
    [Function(nameof(TakeCivilEvent))]
    public async Task TakeCivilEvent([QueueTrigger(CivilEventMessage.Queue)] string message, CancellationToken cancellation)
    {
        var (told, skipped) = CivilEventMessage.Parse(message);
        var reported = await reports.TakeAsync(told, cancellation);
        unknown.Fields(told.PartnerId, CivilEventMessage.Queue, skipped);
        if (!reported.IsDone)
        {
            await process.CarryOutAsync(reported, cancellation);
        }
    }
}
