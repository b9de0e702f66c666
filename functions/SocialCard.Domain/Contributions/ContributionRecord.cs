using System.Globalization;
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

    /// <summary>Pensions were first paid for under the Labour Insurance Regulations of 1951; nothing was before.</summary>
    private const string FirstMonth = "1951-03";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="today">The local day.</param>
    /// <exception cref="InvalidContributionException">It is not what it should be.</exception>
    public static Received<ContributionRecord> Parse(string message, DateOnly today)
    {
        var received = Received.Read<ContributionRecord>(message, fault => new InvalidContributionException(fault));
        return received.Value.FaultAt(today) is { } fault ? throw new InvalidContributionException(fault) : received;
    }

    private string? FaultAt(DateOnly today) =>
        RecordId.Length is 0 or > 64 || !RecordId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? "recordId has 1 to 64 letters, digits and hyphens."
        : Revision < 1 ? "revision is 1 or more."
        : !DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? "month is yyyy-MM."
        : string.CompareOrdinal(Month, FirstMonth) < 0 ? $"month is {FirstMonth} or later: there was no social insurance before."
        // Residents' medical insurance is paid in autumn for the whole of the next year.
        : month.Year > today.Year + 1 ? "month is at most of the next year, for which contributions are taken in advance."
        : !IsAmount(EmployerYuan) || !IsAmount(PersonalYuan) ? "An amount is 0 to 10,000,000 yuan with at most two decimals."
        : EmployerCode is not null && !Employers.EmployerCode.TryParse(EmployerCode, out _)
            ? "employerCode is not a unified social credit code."
        : null;

    private static bool IsAmount(decimal yuan) => yuan is >= 0 and <= MostYuan && decimal.Round(yuan, 2) == yuan;
}

/// <summary>A contribution that cannot be taken; the message says why and holds no personal data.</summary>
public sealed class InvalidContributionException(string message) : Exception(message);
