using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>An event as the API shows it; it names nobody.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="ToRegion">The new region of a move.</param>
/// <param name="State">Whether it is carried out.</param>
/// <example>
/// {
///   "eventId": "7735b76bb66bee76", "kind": "idCorrection", "occurredOn": "2033-07-12", "toRegion": null,
///   "state": "accepted"
/// }
/// </example>
public sealed record CivilEventView(string EventId, CivilEventKind Kind, DateOnly OccurredOn, string? ToRegion, CivilEventState State)
{
    /// <summary>The view of an event.</summary>
    public static CivilEventView Of(ReportedEvent reported)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        return new(
            message.MessageId,
            message.Kind,
            message.OccurredOn,
            message.ToRegion,
            reported.IsDone ? CivilEventState.Done : CivilEventState.Accepted);
    }
}

/// <summary>Where an event stands.</summary>
public enum CivilEventState
{
    /// <summary>On the queue; on its poison queue if it cannot be carried out.</summary>
    Accepted,

    /// <summary>Carried out on all cards.</summary>
    Done,
}
