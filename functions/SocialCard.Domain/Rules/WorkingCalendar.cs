using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace SocialCard.Domain.Rules;

/// <summary>The end of a sum of working days.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Provisional">
/// The sum ran through a year whose holidays are not known, and counted only its weekends as days off.
/// </param>
public readonly record struct WorkingDate(DateOnly Date, bool Provisional);

/// <summary>
/// Working days in China: Monday to Friday, less the public holidays, plus the make-up days that the State Council orders at weekends.
/// The notice for a year appears in November of the year before; until it is in the file, the year counts by its weekends alone.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenSet<int> years;
    private readonly FrozenSet<DateOnly> holidays;
    private readonly FrozenSet<DateOnly> makeUpDays;

    private WorkingCalendar(IReadOnlyCollection<CalendarYear> years)
    {
        this.years = years.Select(year => year.Year).ToFrozenSet();
        holidays = years.SelectMany(year => year.Holidays).ToFrozenSet();
        makeUpDays = years.SelectMany(year => year.MakeUpDays).ToFrozenSet();
    }

    /// <summary>Loads the calendar that ships with the service.</summary>
    /// <param name="operators">A file of the same form whose years go before those, or null.</param>
    /// <exception cref="RegionsFileException">A file has faults; all of them are named.</exception>
    public static WorkingCalendar Load(RuleText? operators = null) => Read(RuleText.Layers("calendar.json", operators));

    /// <summary>Whether offices work on a local date. In a year that is not known, whether it is Monday to Friday.</summary>
    public bool IsWorkingDay(DateOnly date) => IsWeekend(date) ? makeUpDays.Contains(date) : !holidays.Contains(date);

    /// <summary>The n-th working day after a date, which itself does not count; the date itself for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workingDays"/> is negative.</exception>
    public WorkingDate AddWorkingDays(DateOnly date, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var provisional = false;
        while (workingDays > 0)
        {
            date = date.AddDays(1);
            provisional |= !years.Contains(date.Year);
            if (IsWorkingDay(date))
            {
                workingDays--;
            }
        }
        return new WorkingDate(date, provisional);
    }

    /// <summary>
    /// How many working days lie after one date, up to and including another: the inverse of <see cref="AddWorkingDays"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="until"/> is before <paramref name="after"/>.</exception>
    public int WorkingDaysBetween(DateOnly after, DateOnly until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(until, after);
        return Enumerable.Range(1, until.DayNumber - after.DayNumber).Count(days => IsWorkingDay(after.AddDays(days)));
    }

    internal static WorkingCalendar Read(params IEnumerable<RuleText> layers)
    {
        var years = new SortedDictionary<int, CalendarYear>();
        foreach (var layer in layers)
        {
            using var document = new RuleDocument(layer);
            foreach (var year in CalendarYear.ReadAll(document))
            {
                years[year.Year] = year;
            }

            document.ThrowIfFaulty();
        }
        return new WorkingCalendar(years.Values);
    }

    internal static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}

/// <summary>
/// The State Council's notice for one year:
/// <c>"2026": { "source": …, "holidays": ["2026-01-01/2026-01-03"], "makeUpDays": ["2026-01-04"] }</c>.
/// </summary>
internal sealed record CalendarYear(int Year, IReadOnlyList<DateOnly> Holidays, IReadOnlyList<DateOnly> MakeUpDays)
{
    private const string DayFormat = "yyyy-MM-dd";

    public static IReadOnlyList<CalendarYear> ReadAll(RuleDocument document)
    {
        var read = new List<CalendarYear>();
        foreach (var (name, years, path) in document.Members(document.Root, "$"))
        {
            if (name != "years")
            {
                document.Fault(path, "unknown field");
            }
            else
            {
                foreach (var year in document.Members(years, path))
                {
                    read.Add(ReadYear(document, year));
                }
            }
        }
        return read;
    }

    private static CalendarYear ReadYear(RuleDocument document, (string Name, JsonElement Value, string Path) member)
    {
        if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 2000 or > 9998)
        {
            document.Fault(member.Path, "expected a year of this millennium");
            return new CalendarYear(0, [], []);
        }
        List<DateOnly>? holidays = null, makeUpDays = null;
        foreach (var (name, value, path) in document.Members(member.Value, member.Path))
        {
            switch (name)
            {
                case "source":
                    document.Read<string>(value, path);
                    break;
                case "holidays":
                    holidays = ReadDays(document, value, path, year);
                    break;
                case "makeUpDays":
                    makeUpDays = ReadDays(document, value, path, year);
                    foreach (var day in makeUpDays.Where(day => !WorkingCalendar.IsWeekend(day)))
                    {
                        document.Fault(path, $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)} is no Saturday or Sunday");
                    }

                    break;
                default:
                    document.Fault(path, "unknown field");
                    break;
            }
        }
        if (holidays is null)
        {
            document.Fault($"{member.Path}.holidays", "missing");
        }

        if (makeUpDays is null)
        {
            document.Fault($"{member.Path}.makeUpDays", "missing");
        }

        foreach (var day in (holidays ?? []).Intersect(makeUpDays ?? []))
        {
            document.Fault($"{member.Path}.makeUpDays", $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)} is a holiday");
        }

        return new CalendarYear(year, holidays ?? [], makeUpDays ?? []);
    }

    /// <summary>Days and ISO 8601 intervals of days. A New Year holiday may begin in December of the year before.</summary>
    private static List<DateOnly> ReadDays(RuleDocument document, JsonElement element, string path, int year)
    {
        var days = new List<DateOnly>();
        foreach (var (index, text) in (document.Read<IReadOnlyList<string?>>(element, path) ?? []).Index())
        {
            var ends = text?.Split('/') ?? [];
            if (ends.Length is not (1 or 2) || !TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last) || last < first)
            {
                document.Fault($"{path}[{index}]", "expected a day such as \"2026-01-04\" or days such as \"2026-01-01/2026-01-03\"");
            }
            else if (last.Year != year || first < new DateOnly(year, 1, 1).AddMonths(-1))
            {
                document.Fault($"{path}[{index}]", $"outside {year}");
            }
            else
            {
                days.AddRange(Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays));
            }
        }
        return days;
    }

    private static bool TryParse(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
