using System.Text.RegularExpressions;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// A message of the queue <c>civil-events</c>. It names the person by one of his cards, or by his holder id, and holds no personal data:
/// a birth, a new name or ID number come over HTTPS only (<c>POST /civil-events</c>), which keeps them encrypted under the message's id.
/// </summary>
/// <param name="MessageId">The same for every delivery: 1 to 64 letters, digits, dots, hyphens and underscores.</param>
/// <param name="PartnerId">The bureau that tells.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="CardNumber">Any of the person's cards.</param>
/// <param name="HolderId">The person, in place of a card.</param>
/// <param name="ToRegion">The new region of a move.</param>
public sealed partial record CivilEventMessage(
    string MessageId,
    string PartnerId,
    CivilEventKind Kind,
    DateOnly OccurredOn,
    CardNumber? CardNumber = null,
    string? HolderId = null,
    string? ToRegion = null)
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "civil-events";

    /// <summary>Whether the event carries personal data, which no message does.</summary>
    public static bool IsPersonal(CivilEventKind kind) =>
        kind is CivilEventKind.Birth or CivilEventKind.NameChange or CivilEventKind.IdCorrection;

    /// <summary>Whether a text can be the id of a message.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidCivilEventException">It is not of the expected form.</exception>
    public static Received<CivilEventMessage> Parse(string text)
    {
        var received = Received.Read<CivilEventMessage>(text, fault => new InvalidCivilEventException(fault));
        var message = received.Value;
        return !IsId(message.MessageId)
            ? throw new InvalidCivilEventException("messageId", "A message id has 1 to 64 letters, digits, dots, hyphens and underscores.")
            : (message.CardNumber is null) == (message.HolderId is null)
            ? throw new InvalidCivilEventException(
                "cardNumber", "A message names the person by a card or by the holder's id.")
            : (message.Kind is CivilEventKind.Move) != (message.ToRegion is not null)
            ? throw new InvalidCivilEventException("toRegion", "A move names its region, and nothing else does.")
            : received;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}

/// <summary>An event that cannot be carried out; the message says which field is wrong and why, and holds no personal data.</summary>
public sealed class InvalidCivilEventException : Exception
{
    /// <summary>A message that is not of the expected form; what is wrong names its place.</summary>
    public InvalidCivilEventException(string message)
        : base(message)
    {
    }

    /// <summary>A field that is wrong.</summary>
    /// <param name="field">The field, as JSON names it.</param>
    /// <param name="fault">What is wrong with it.</param>
    public InvalidCivilEventException(string field, string fault)
        : base($"{field}: {fault}")
    {
    }

    /// <summary>The holder says no.</summary>
    public InvalidCivilEventException(Refusal refusal)
        : this(FieldOf(refusal), $"The holder refuses it: {refusal.Code}.")
    {
    }

    private static string FieldOf(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Field
            ?? (refusal == HolderRefusals.DeathBeforeBirth ? "occurredOn"
                : refusal == HolderRefusals.IdNumberInUse ? "newIdNumber"
                : refusal == HolderRefusals.NotFound ? "holderId"
                : "kind");
    }
}
