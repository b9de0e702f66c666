using System.Text.Json;

namespace SocialCard.Cards;

/// <summary>
/// A resource of a card that callers can read by its id for good, such as a password change: the card's state holds only
/// what its decisions need.
/// </summary>
/// <param name="Kind">What it is; a prefix of its row key.</param>
/// <param name="Id">Its id within the card.</param>
/// <param name="Body">The resource as it stands, as JSON.</param>
public sealed record CardDocument(string Kind, string Id, string Body)
{
    /// <summary>A document of a resource.</summary>
    public static CardDocument Of<T>(string kind, string id, T body) => new(kind, id, JsonSerializer.Serialize(body, SocialCardJson.Compact));
}
