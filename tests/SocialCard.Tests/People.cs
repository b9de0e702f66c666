using System.Globalization;
using SocialCard.Domain.People;

namespace SocialCard.Tests;

/// <summary>People who do not exist, with ID numbers that could.</summary>
internal static class People
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static string IdNumber(DateOnly birthDate, int sequence = 1, string area = "140105")
    {
        var body = area
            + birthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + sequence.ToString("D3", CultureInfo.InvariantCulture);
        var sum = body.Select((digit, index) => (digit - '0') * Weights[index]).Sum();
        return body + "10X98765432"[sum % 11];
    }

    public static CitizenId Id(DateOnly birthDate, int sequence = 1, string area = "140105") =>
        CitizenId.TryParse(IdNumber(birthDate, sequence, area), out var id) ? id : throw new FormatException();

    public static IdentityDocument Document(DateOnly birthDate, int sequence = 1) => IdentityDocument.Of(Id(birthDate, sequence));

    public static Person Holder { get; } = new("key", "王**", "**************0010", "138****0000", "sealed");
}
