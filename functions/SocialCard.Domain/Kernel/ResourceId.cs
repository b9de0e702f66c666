namespace SocialCard.Domain.Kernel;

/// <summary>
/// The short name that an operation gives to what it creates: the same for every repetition. What creates several at once numbers them.
/// </summary>
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

    /// <summary>The name of one of several that an operation creates.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="number">From 1, at most two digits.</param>
    public static string Of(string operation, int number) => $"{operation}-{number}";

    /// <summary>
    /// Whether a text, such as a part of a path, can be one: lower-case hexadecimal digits, and after a hyphen a number of one or two
    /// digits.
    /// </summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('-') switch
        {
            [var name] => IsName(name),
            [var name, { Length: 1 or 2 } number] => IsName(name) && number.All(char.IsAsciiDigit),
            _ => false,
        };

        static bool IsName(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);
    }
}
