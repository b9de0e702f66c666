using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace SocialCard.Domain.People;

/// <summary>
/// A person's name as it was written, in Unicode's composed form (NFC) and without the white space around it: 1 to 100 characters of any
/// script, of the supplementary planes too. It has at least one that is a letter, and none that cannot be seen. Personal data.
/// </summary>
[JsonConverter(typeof(EdgeTextConverter<PersonName>))]
public sealed record PersonName : IEdgeText<PersonName>
{
    private const int Longest = 100;

    // What stands between the parts of a name of the Uighurs and others, however a keyboard or a register wrote it.
    private const string Separators = "\u2022\u30FB\uFF0E\uFF65\u00B7";
    private const char Separator = '\u00B7';

    // Letters and marks that show nothing: the grapheme joiner, the fillers of Hangul, the inherent vowels of Khmer.
    private static readonly int[] Unseen = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0];

    private PersonName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>The name as names are compared.</summary>
    public string Comparable => ComparableOf(Value);

    static string IEdgeText<PersonName>.Expected => "Between 1 and 100 characters that can be seen, at least one of them a letter.";

    static string IEdgeText<PersonName>.Example => "王小明";

    /// <summary>
    /// A name as names are compared: in NFC, with one separator for all, in capitals, and without white space, forms of full width and
    /// variants of a glyph, which differ between registers and keyboards and not between people.
    /// </summary>
    public static string ComparableOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var comparable = new StringBuilder(name.Length);
        foreach (var rune in Composed(name).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !IsVariation(rune.Value))
            {
                comparable.Append(Rune.ToUpperInvariant(Folded(rune)));
            }
        }

        return comparable.ToString();
    }

    static bool IEdgeText<PersonName>.TryRead(string text, out PersonName value)
    {
        var written = text.Trim();
        value = new(written.EnumerateRunes().All(IsSeen) ? Composed(written) : "");
        var runes = value.Value.EnumerateRunes().ToList();
        return runes.Count <= Longest && runes.Exists(IsLetter);
    }

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "**";

    // The runtime normalizes nothing but ASCII: the application runs without a library of cultures.
    private static string Composed(string text) => Ascii.IsValid(text) ? text : ENSNormalize.NF.NFC(text);

    private static Rune Folded(Rune rune) => rune.Value switch
    {
        <= char.MaxValue when Separators.Contains((char)rune.Value) => new(Separator),
        >= 0xFF01 and <= 0xFF5E => new(rune.Value - 0xFF01 + '!'),
        _ => rune,
    };

    // A lone surrogate is read as U+FFFD, which stands for what could not be read.
    private static bool IsSeen(Rune rune) => rune != Rune.ReplacementChar && !Unseen.Contains(rune.Value)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Characters that GB 18030 once had in the private area are still in registers, and younger ideographs may not be known here yet.
    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsVariation(int value) =>
        value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F;
}
