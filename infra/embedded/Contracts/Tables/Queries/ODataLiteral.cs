using System.Globalization;
using System.Xml;

namespace Azure.Data.Tables;

/// <summary>Values as they stand in a query's filter.</summary>
internal static class ODataLiteral
{
    /// <summary>A filter whose holes are filled with the literals of the values.</summary>
    /// <exception cref="ArgumentException">A value has a type that no literal has.</exception>
    public static string Fill(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = new object?[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
            literals[i] = Of(filter.GetArgument(i));
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    /// <inheritdoc cref="Fill"/>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        char character => Quote(character.ToString()),
        bool truth => truth ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or decimal => Invariant((IFormattable)value),
        long or ulong => Invariant((IFormattable)value) + "L",
        float or double => WithPoint(Invariant((IFormattable)value)),
        Guid guid => $"guid'{guid}'",
        DateTimeOffset time => Time(time.UtcDateTime),
        DateTime time => Time(time.ToUniversalTime()),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data.ToMemory().Span)}'",
        _ => throw new ArgumentException($"A {value.GetType()} has no literal in a filter.", nameof(value)),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Time(DateTime utc) => $"datetime'{XmlConvert.ToString(utc, XmlDateTimeSerializationMode.RoundtripKind)}'";

    private static string Invariant(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    // "5" would be an Int32.
    private static string WithPoint(string number) => number.AsSpan().ContainsAny(".ENI") ? number : number + ".0";
}
