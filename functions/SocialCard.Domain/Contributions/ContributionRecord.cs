using System.Globalization;
using System.Text.Json;
using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Contributions;

/// <summary>
/// A month's contribution of a person to one insurance, as the insurance core system tells it. The person is named by one of
/// his cards; a message holds no ID number. A later revision takes the place of an earlier one, whichever comes first.
/// </summary>
/// <param name="RecordId">The record's name in the core system, 1 to 64 letters, digits and hyphens.</param>
/// <param name="Revision">1 for the first version, more for each correction.</param>
/// <param name="CardNumber">One of the person's cards.</param>
/// <param name="Insurance">The insurance.</param>
/// <param name="Month">The month that is paid for, <c>yyyy-MM</c>.</param>
/// <param name="EmployerYuan">The employer's part, in yuan with at most two decimals.</param>
/// <param name="PersonalYuan">The person's own part, in yuan with at most two decimals.</param>
/// <param name="EmployerCode">The employer's unified social credit code; null for who pays for himself.</param>
/// <param name="Withdrawn">Whether the record was an error and no longer counts.</param>
public sealed record ContributionRecord(
    string RecordId,
    int Revision,
    CardNumber CardNumber,
    Insurance Insurance,
    string Month,
    decimal EmployerYuan,
    decimal PersonalYuan,
    string? EmployerCode = null,
    bool Withdrawn = false)
{
    private const decimal MostYuan = 10_000_000;

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidContributionException">It is not what it should be.</exception>
    public static ContributionRecord Parse(string message)
    {
        ContributionRecord record;
        try
        {
            record = JsonSerializer.Deserialize<ContributionRecord>(message, SocialCardJson.Strict)
                ?? throw new InvalidContributionException("The message is empty.");
        }
        catch (JsonException failure)
        {
            throw new InvalidContributionException($"The message is not of the expected form at {failure.Path}.");
        }

        return record.Fault is { } fault ? throw new InvalidContributionException(fault) : record;
    }

    private string? Fault =>
        RecordId.Length is 0 or > 64 || !RecordId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? "recordId has 1 to 64 letters, digits and hyphens."
        : Revision < 1 ? "revision is 1 or more."
        : !DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? "month is yyyy-MM."
        : !IsAmount(EmployerYuan) || !IsAmount(PersonalYuan) ? "An amount is 0 to 10,000,000 yuan with at most two decimals."
        : EmployerCode is not null && !Employers.EmployerCode.TryParse(EmployerCode, out _)
            ? "employerCode is not a unified social credit code."
        : null;

    private static bool IsAmount(decimal yuan) => yuan is >= 0 and <= MostYuan && decimal.Round(yuan, 2) == yuan;
}

/// <summary>A contribution that cannot be taken; the message says why and holds no personal data.</summary>
public sealed class InvalidContributionException(string message) : Exception(message);
