namespace SocialCard.Domain.Rules;

/// <summary>A file of regional rules or of the calendar that cannot be used.</summary>
/// <param name="file">The file's name.</param>
/// <param name="faults">Each fault as its JSON path, a colon and the reason.</param>
public sealed class RegionsFileException(string file, IReadOnlyList<string> faults)
    : Exception($"{file} cannot be used.{string.Concat(faults.Select(fault => Environment.NewLine + fault))}")
{
    /// <summary>Each fault as its JSON path, a colon and the reason: <c>$.regions['140000'].activation.minorAge.value: …</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
