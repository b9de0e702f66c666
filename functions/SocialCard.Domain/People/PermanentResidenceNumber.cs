using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SocialCard.Domain.People;

/// <summary>
/// The number of a foreign permanent residence card as it was until November 2023: three letters of nationality, four digits of the
/// area that took the application, six of birth date, one of sequence and sex, and a check digit as in the machine-readable zone of a
/// passport (ICAO 9303: weights 7, 3, 1; letters count from 10).
/// </summary>
internal static class PermanentResidenceNumber
{
    private const int Length = 15;

    // The later first.
    private static readonly string[] Centuries = ["20", "19"];

    // The last day on which a card with such a number was issued.
    private static readonly DateOnly LastIssued = new(2023, 11, 30);

    /// <summary>Reads a number in capitals: which nationality it names, and the day of birth.</summary>
    /// <param name="number">The number.</param>
    /// <param name="told">The day of birth as it was told with it, which has the century that the number lacks.</param>
    /// <param name="nationality">In three letters.</param>
    /// <param name="birthDate">The day of birth.</param>
    public static bool TryRead(string number, DateOnly? told, [NotNullWhen(true)] out string? nationality, out DateOnly birthDate)
    {
        (nationality, birthDate) = (null, default);
        if (number.Length != Length || !number[3..].All(char.IsAsciiDigit) || !Countries.IsKnown(number[..3])
            || CheckDigit(number) != number[^1] - '0' || BornOn(number[7..13], told) is not { } born)
        {
            return false;
        }

        (nationality, birthDate) = (number[..3], born);
        return true;
    }

    // Who was born in the year 10 was so a hundred years before or after another; where nobody tells, he is taken for the younger.
    private static DateOnly? BornOn(string digits, DateOnly? told)
    {
        DateOnly?[] possible = [.. Centuries
            .Select(century => DateOnly.TryParseExact(
                century + digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
            .Where(day => day <= LastIssued)];
        return possible.Contains(told) ? told : possible.FirstOrDefault();
    }

    private static int CheckDigit(string number) => number[..^1]
        .Select((sign, index) => (char.IsAsciiDigit(sign) ? sign - '0' : sign - 'A' + 10) * (index % 3) switch { 0 => 7, 1 => 3, _ => 1 })
        .Sum() % 10;
}
