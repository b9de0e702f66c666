using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SocialCard.Domain.Rules;

/// <summary>
/// How long after a request it takes effect: a duration (<c>0 minutes</c>, <c>24 hours</c>), or a number of days or working days
/// and the China Standard Time on the last of them (<c>2 workingDays at 00:00</c>).
/// </summary>
/// <param name="Length">Minutes or hours, or days or working days counted from the day after the request.</param>
/// <param name="At">The local time on the last day; null for a duration.</param>
[JsonConverter(typeof(TextConverter<Delay>))]
public readonly record struct Delay(Period Length, TimeOnly? At) : IParsable<Delay>
{
    private const string Separator = " at ";
    private const string TimeFormat = "HH:mm";

    /// <inheritdoc/>
    public override string ToString() =>
        At is { } time ? Length + Separator + time.ToString(TimeFormat, CultureInfo.InvariantCulture) : Length.ToString();

    /// <inheritdoc/>
    public static Delay Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var delay) ? delay : throw new FormatException($"'{s}' is not a delay.");

    /// <summary>Reads the written form. A delay in days needs the time of day, one in minutes or hours has none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Delay result)
    {
        result = default;
        var parts = s?.Split(Separator) ?? [];
        if (parts.Length is not (1 or 2) || !Period.TryParse(parts[0], provider, out var length))
        {
            return false;
        }

        TimeOnly? at = null;
        if (parts.Length == 2)
        {
            if (!TimeOnly.TryParseExact(parts[1], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return false;
            }

            at = time;
        }
        result = new Delay(length, at);
        return length.Unit switch
        {
            PeriodUnit.Minutes or PeriodUnit.Hours => at is null,
            PeriodUnit.Days or PeriodUnit.WorkingDays => at is not null,
            _ => false,
        };
    }
}
