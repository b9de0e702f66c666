namespace SocialCard.Domain.Employers;

/// <summary>An employer's name as it was filed, without the white space around it: 1 to 128 characters.</summary>
[JsonConverter(typeof(EdgeTextConverter<EmployerName>))]
public sealed record EmployerName : IEdgeText<EmployerName>
{
    private const int Longest = 128;

    private EmployerName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    static string IEdgeText<EmployerName>.Expected => "Between 1 and 128 characters.";

    static string IEdgeText<EmployerName>.Example => "太原小店有限公司";

    static bool IEdgeText<EmployerName>.TryRead(string text, out EmployerName value)
    {
        value = new(text.Trim());
        return value.Value.Length is > 0 and <= Longest;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
