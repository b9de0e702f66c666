using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace SocialCard.Domain.Rules;

/// <summary>
/// A length of time as a region states it, written as <c>300 days</c>, <c>3 workingDays</c>, <c>1 month</c> or <c>no limit</c>.
/// </summary>
/// <param name="Quantity">How many, 0 to 9999; 0 where there is no limit.</param>
/// <param name="Unit">Of what.</param>
[JsonConverter(typeof(TextConverter<Period>))]
public readonly record struct Period(int Quantity, PeriodUnit Unit) : IParsable<Period>
{
    private const string NoLimitText = "no limit";

    /// <summary>Known to have no end.</summary>
    public static readonly Period NoLimit = new(0, PeriodUnit.NoLimit);

    /// <summary>How many, 0 to 9999.</summary>
    public int Quantity { get; } = Quantity is >= 0 and <= 9999 ? Quantity : throw new ArgumentOutOfRangeException(nameof(Quantity));

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Unit == PeriodUnit.NoLimit)
        {
            return NoLimitText;
        }

        var unit = JsonNamingPolicy.CamelCase.ConvertName(Unit.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"{Quantity} {(Quantity == 1 ? unit.TrimEnd('s') : unit)}");
    }

    /// <inheritdoc/>
    public static Period Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var period) ? period : throw new FormatException($"'{s}' is not a period.");

    /// <summary>Reads the written form; no other spelling of the same period is accepted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Period result)
    {
        result = NoLimit;
        if (s?.Split(' ') is [{ Length: <= 4 } quantity, var unit]
            && int.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.TryParse<PeriodUnit>(number == 1 ? unit + 's' : unit, ignoreCase: true, out var known))
        {
            result = new Period(number, known);
        }

        return result.ToString() == s;
    }
}

/// <summary>The units that a field's periods may have.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class UnitsAttribute(params PeriodUnit[] allowed) : Attribute
{
    public IReadOnlyList<PeriodUnit> Allowed { get; } = allowed;
}
