namespace SocialCard.Domain.Cards;

/// <summary>
/// A person's number in a region's insurance system (个人电脑号): 8 to 12 digits, as regions number their insured; Shenzhen with 9.
/// Personal data.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<ComputerNumber>))]
public sealed record ComputerNumber : IEdgeText<ComputerNumber>
{
    private const int Shortest = 8;
    private const int Longest = 12;

    private ComputerNumber(string value) => Value = value;

    /// <summary>The digits.</summary>
    public string Value { get; }

    static string IEdgeText<ComputerNumber>.Expected => "8 to 12 digits.";

    static string IEdgeText<ComputerNumber>.Example => "012345678";

    static bool IEdgeText<ComputerNumber>.TryRead(string text, out ComputerNumber value)
    {
        value = new(text);
        return text.Length is >= Shortest and <= Longest && text.All(char.IsAsciiDigit);
    }

    /// <summary>Shows the last four digits.</summary>
    public override string ToString() => string.Concat(new string('*', Value.Length - 4), Value.AsSpan(Value.Length - 4));
}
