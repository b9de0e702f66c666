namespace SocialCard.Domain.Kernel;

/// <summary>
/// Something that happened to an aggregate. Its timeline keeps it for ever with the time, who caused it and its details; the
/// details are the public properties of the event and hold no personal data.
/// </summary>
/// <param name="Type">The event's name on the timeline, stable for programs.</param>
public abstract record DomainEvent([property: JsonIgnore] string Type);
