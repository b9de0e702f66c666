using System.Globalization;
using System.Numerics;

namespace SocialCard.Embedded.Timers;

/// <summary>
/// A six-field NCRONTAB expression, in UTC: second, minute, hour, day of the month, month, day of the week (0 is Sunday). A field is
/// <c>*</c>, a value, a range <c>a-b</c>, any of them with a step <c>/n</c>, or a list of those. Months and days of the week have English
/// short names. Unlike Unix cron, a day must satisfy both day fields.
/// </summary>
internal sealed class CronSchedule
{
    // Every date pattern that has an occurrence at all has one within the 28-year cycle, twice over the gap at a century without a leap day.
    private const int SearchedYears = 56;

    private static readonly Field[] Fields =
    [
        new("second", 0, 59, []),
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        new("day of the week", 0, 6, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    private readonly ulong seconds;
    private readonly ulong minutes;
    private readonly ulong hours;
    private readonly ulong days;
    private readonly ulong months;
    private readonly ulong weekdays;

    private CronSchedule(ulong[] allowed) =>
        (seconds, minutes, hours, days, months, weekdays) = (allowed[0], allowed[1], allowed[2], allowed[3], allowed[4], allowed[5]);

    /// <exception cref="FormatException">The expression is not a six-field NCRONTAB; the message says where.</exception>
    public static CronSchedule Parse(string expression)
    {
        var parts = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != Fields.Length)
            throw new FormatException($"schedule '{expression}' has {parts.Length} fields; six are needed, seconds first.");
        return new CronSchedule([.. parts.Zip(Fields, (part, field) => field.Parse(part))]);
    }

    /// <summary>The first occurrence after an instant; null if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = after.UtcDateTime;
        var lastYear = Math.Min(start.Year + SearchedYears, DateTime.MaxValue.Year);
        var earliest = start.TimeOfDay;
        for (var day = start.Date; day.Year <= lastYear; day = day.AddDays(1))
        {
            if (!Has(months, day.Month))
            {
                // The loop steps to the first day of the next month.
                day = day.AddDays(DateTime.DaysInMonth(day.Year, day.Month) - day.Day);
            }
            else if (Has(days, day.Day) && Has(weekdays, (int)day.DayOfWeek) && NextInDay(earliest) is { } time)
            {
                return new DateTimeOffset(day + time, TimeSpan.Zero);
            }

            if (day.Date == DateTime.MaxValue.Date)
                break;
            earliest = TimeSpan.FromTicks(-1);
        }

        return null;
    }

    private TimeSpan? NextInDay(TimeSpan after)
    {
        var from = after < TimeSpan.Zero ? 0 : (int)after.TotalSeconds + 1;
        var (hour, minute, second) = (from / 3600, from / 60 % 60, from % 60);
        while (hour < 24 && First(hours, hour) is { } h)
        {
            if (h > hour)
                (minute, second) = (0, 0);
            while (minute < 60 && First(minutes, minute) is { } m)
            {
                if (m > minute)
                    second = 0;
                if (second < 60 && First(seconds, second) is { } s)
                    return new TimeSpan(h, m, s);
                (minute, second) = (m + 1, 0);
            }

            (hour, minute, second) = (h + 1, 0, 0);
        }

        return null;
    }

    private static bool Has(ulong allowed, int value) => (allowed >> value & 1) == 1;

    private static int? First(ulong allowed, int from) =>
        allowed >> from is var rest and not 0 ? from + BitOperations.TrailingZeroCount(rest) : null;

    private sealed record Field(string Name, int Least, int Most, string[] Names)
    {
        public ulong Parse(string text)
        {
            var allowed = 0UL;
            foreach (var part in text.Split(','))
            {
                var slash = part.IndexOf('/', StringComparison.Ordinal);
                var range = slash < 0 ? part : part[..slash];
                var step = slash < 0 ? 1 : Number(part[(slash + 1)..], text);
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                var (first, last) = range == "*" ? (Least, Most)
                    : dash >= 0 ? (Value(range[..dash], text), Value(range[(dash + 1)..], text))
                    : (Value(range, text), slash < 0 ? Value(range, text) : Most);
                if (step < 1 || step > Most || first > last)
                    throw Fault(text);
                for (var value = first; value <= last; value += step)
                    allowed |= 1UL << value;
            }

            return allowed;
        }

        private int Value(string part, string text)
        {
            var named = Array.FindIndex(Names, name => name.Equals(part, StringComparison.OrdinalIgnoreCase));
            var value = named >= 0 ? named + Least : Number(part, text);
            return value >= Least && value <= Most ? value : throw Fault(text);
        }

        private int Number(string part, string text) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Fault(text);

        private FormatException Fault(string text) =>
            new($"'{text}' is no {Name} of a schedule; it takes {Least} to {Most}, '*', ranges 'a-b', steps '/n' and lists.");
    }
}
