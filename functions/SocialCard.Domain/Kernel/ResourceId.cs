namespace SocialCard.Domain.Kernel;

/// <summary>The short name that an operation gives to what it creates: the same for every repetition.</summary>
public static class ResourceId
{
    /// <summary>Its length, in characters.</summary>
    public const int Length = 16;

    /// <summary>
    /// Whether a text, such as a part of a path, can name a resource of an aggregate: by itself, or after the aggregate's key and a
    /// hyphen, where whoever has the name is to find the aggregate.
    /// </summary>
    public static bool IsOneOf(string key, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsOne(text.StartsWith($"{key}-", StringComparison.Ordinal) ? text[(key.Length + 1)..] : text);
    }

    /// <summary>Whether a text, such as a part of a path, can be one: lower-case hexadecimal digits.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.All(char.IsAsciiHexDigitLower);
    }
}
