using System.Diagnostics.CodeAnalysis;

namespace SocialCard.Domain.Employers;

/// <summary>
/// A unified social credit code (统一社会信用代码, GB 32100-2015), which names an employer: eighteen digits and capital letters
/// without I, O, S, V and Z, the last one a check character (weights 3^i mod 31).
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<EmployerCode>))]
public sealed record EmployerCode : IEdgeText<EmployerCode>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private EmployerCode(string value) => Value = value;

    /// <summary>The eighteen characters.</summary>
    public string Value { get; }

    static string IEdgeText<EmployerCode>.Expected => "Not a unified social credit code (eighteen characters with a check character).";

    static string IEdgeText<EmployerCode>.Example => "91350100M000100Y43";

    /// <summary>The code as logs show it: only the last four characters.</summary>
    public string Masked => string.Concat(new string('*', 14), Value.AsSpan(14));

    /// <summary>Reads a code; lower-case letters are not accepted, because the code is a storage key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmployerCode? code)
    {
        code = text is { Length: 18 } && text.All(Alphabet.Contains) && CheckOf(text) == text[17] ? new(text) : null;
        return code is not null;
    }

    static bool IEdgeText<EmployerCode>.TryRead(string text, out EmployerCode value) => TryParse(text, out value!);

    /// <summary>Reads a code that is known to be one.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static EmployerCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException("Not a unified social credit code.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static char CheckOf(string text)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in text.AsSpan(0, 17))
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
