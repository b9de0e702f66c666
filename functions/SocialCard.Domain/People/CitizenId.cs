using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SocialCard.Domain.People;

/// <summary>
/// A citizen identity number, which is also the social security number (Social Insurance Law art. 58): six digits of
/// area, eight of birth date, three of sequence and a check character (GB 11643-1999, ISO 7064 MOD 11-2). The area is that
/// of the first registration and may be a code retired long ago, so it is not looked up. Residence permits and the permanent residence
/// cards of foreigners have numbers of the same form, which differ by their beginning.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<CitizenId>))]
public sealed record CitizenId : IEdgeText<CitizenId>
{
    private const string CheckCharacters = "10X98765432";

    private CitizenId(string value, DateOnly birthDate) => (Value, BirthDate) = (value, birthDate);

    static string IEdgeText<CitizenId>.Expected => "Not a valid citizen ID number.";

    static string IEdgeText<CitizenId>.Example => "11010519491231002X";

    /// <summary>The eighteen characters, with a capital X. Personal data: never logged, never sent to a queue.</summary>
    public string Value { get; }

    /// <summary>The day of birth that the number carries.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>The number as answers show it: only the last four characters.</summary>
    public string Masked => string.Concat(new string('*', 14), Value.AsSpan(14));

    /// <summary>
    /// Reads a number of eighteen characters, or the old form of fifteen, which is upgraded: it lacks the century (always
    /// the twentieth) and the check character.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CitizenId? id)
    {
        id = null;
        var upgraded = text?.Length switch
        {
            18 => text.ToUpperInvariant(),
            15 when text.All(char.IsAsciiDigit) => Upgrade(text),
            _ => null,
        };
        if (upgraded is null
            || !upgraded.AsSpan(0, 17).ToString().All(char.IsAsciiDigit)
            || !DateOnly.TryParseExact(
                upgraded.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthDate)
            || upgraded[17] != CheckCharacter(upgraded))
        {
            return false;
        }

        id = new CitizenId(upgraded, birthDate);
        return true;
    }

    static bool IEdgeText<CitizenId>.TryRead(string text, out CitizenId value) => TryParse(text, out value!);

    /// <summary>Shows the masked form, so that no log line ever carries the number by accident.</summary>
    public override string ToString() => Masked;

    private static string Upgrade(string old)
    {
        var body = string.Concat(old.AsSpan(0, 6), "19", old.AsSpan(6));
        return body + CheckCharacter(body);
    }

    private static char CheckCharacter(string number)
    {
        // The weight of the digit at index i is 2^(17-i) mod 11, which Horner's rule gives without a table.
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum = (sum + number[i] - '0') * 2 % 11;
        }

        return CheckCharacters[sum];
    }
}
