namespace SocialCard.Domain.Kernel;

/// <summary>The short name that an operation gives to what it creates: the same for every repetition.</summary>
public static class ResourceId
{
    /// <summary>Its length, in characters.</summary>
    public const int Length = 16;

    /// <summary>Whether a text, such as a part of a path, can be one: lower-case hexadecimal digits.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.All(char.IsAsciiHexDigitLower);
    }
}
