namespace SocialCard.Domain.People;

/// <summary>
/// A mobile telephone number: of the mainland eleven digits that begin with 1, of anywhere else with its country code (E.164).
/// Personal data.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<MobileNumber>))]
public sealed record MobileNumber : IEdgeText<MobileNumber>
{
    private const string Mainland = "+86";
    private const int MainlandLength = 11;
    private const int ShortestForeign = 8;
    private const int LongestForeign = 15;

    private MobileNumber(string value) => Value = value;

    /// <summary>The eleven digits of a number of the mainland; any other with + and its country code.</summary>
    public string Value { get; }

    static string IEdgeText<MobileNumber>.Expected => "Eleven digits that begin with 1, or + with country code and number.";

    static string IEdgeText<MobileNumber>.Example => "13800138000";

    /// <summary>A number with its middle hidden: what is left are its last four digits, and its first three or its country code.</summary>
    public static string Mask(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var digits = number.TrimStart('+');
        var first = digits.Length == number.Length ? 3 : 1 + CountryCodeLength(digits);
        return string.Concat(number.AsSpan(0, first), "****", number.AsSpan(number.Length - 4));
    }

    static bool IEdgeText<MobileNumber>.TryRead(string text, out MobileNumber value)
    {
        value = new(text.StartsWith(Mainland + "1", StringComparison.Ordinal) ? text[Mainland.Length..] : text);
        return value.Value is ['+', .. var digits]
            ? digits.All(char.IsAsciiDigit) && IsForeign(digits)
            : value.Value.Length == MainlandLength && value.Value[0] == '1' && value.Value.All(char.IsAsciiDigit);
    }

    /// <summary>Shows the masked form.</summary>
    public override string ToString() => Mask(Value);

    private static bool IsForeign(string digits) => digits switch
    {
        ['8', '5', '2', .. var hongKong] => hongKong.Length == 8 && hongKong[0] is >= '4' and <= '9',
        ['8', '5', '3', .. var macao] => macao.Length == 8 && macao[0] == '6',
        ['8', '8', '6', .. var taiwan] => taiwan.Length == 9 && taiwan[0] == '9',
        ['8', '6', ..] => false,
        _ => digits.Length is >= ShortestForeign and <= LongestForeign && digits[0] != '0',
    };

    // By the plan of ITU-T E.164: zones 1 and 7 have codes of one digit; the codes of two digits are these; all others have three.
    private static int CountryCodeLength(string digits) => digits[..2] switch
    {
        ['1' or '7', _] => 1,
        "20" or "27" or "30" or "31" or "32" or "33" or "34" or "36" or "39" or "40" or "41" or "43" or "44" or "45" or "46" or "47"
            or "48" or "49" or "51" or "52" or "53" or "54" or "55" or "56" or "57" or "58" or "60" or "61" or "62" or "63" or "64"
            or "65" or "66" or "81" or "82" or "84" or "86" or "90" or "91" or "92" or "93" or "94" or "95" or "98" => 2,
        _ => 3,
    };
}
