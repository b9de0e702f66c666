namespace SocialCard.Functions.Api;

/// <summary>
/// With which codes a function may refuse, beside what every call can be answered: 400, 401, 403, 413, 415, 429, 503, a card that
/// there is not within the caller's scope, and a key that was used for another request.
/// </summary>
/// <param name="codes">The stable codes.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesAttribute(params string[] codes) : Attribute
{
    /// <summary>The stable codes.</summary>
    public IReadOnlyList<string> Codes => codes;
}
