using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>
/// A resource of an aggregate that callers can read by its id for good, such as a password change: the aggregate's state holds only
/// what its decisions need.
/// </summary>
/// <param name="Kind">What it is; a prefix of its row key.</param>
/// <param name="Id">Its id within the aggregate.</param>
/// <param name="Body">The resource as it stands, as JSON.</param>
public sealed record ResourceDocument(string Kind, string Id, string Body)
{
    /// <summary>A document of a resource.</summary>
    public static ResourceDocument Of<T>(string kind, string id, T body) =>
        new(kind, id, JsonSerializer.Serialize(body, SocialCardJson.Compact));
}
