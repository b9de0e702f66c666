using System.Text;
using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;

namespace SocialCard.Tests.Persons;

public sealed class PersonNameTests
{
    private const string Uighur = "买买提\u00B7艾力";

    [Theory]
    [InlineData("王小明", "王小明")]
    [InlineData("  王小明\u3000", "王小明")]
    [InlineData("Ren\u0065\u0301", "Ren\u00E9")]
    [InlineData("买买提\u2022艾力", "买买提\u2022艾力")]
    [InlineData("𠮷野\U000E0100", "𠮷野\U000E0100")] // a variant of a glyph
    [InlineData("䶮", "䶮")]
    [InlineData("\uE863", "\uE863")] // where GB 18030 had the same character before 2005
    [InlineData("ئالىم", "ئالىم")]
    [InlineData("ꆈꌠ", "ꆈꌠ")] // Yi
    [InlineData("བསྟན་འཛིན", "བསྟན་འཛིན")] // Tibetan
    [InlineData("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ")] // Mongolian
    [InlineData("O'Neill, J.", "O'Neill, J.")]
    public void A_name_is_kept_as_it_was_written_in_composed_form(string text, string kept) => Assert.Equal(kept, Read(text));

    [Fact]
    public void A_name_may_have_a_hundred_characters_of_any_plane()
    {
        Assert.Equal(string.Concat(Enumerable.Repeat("𰻝", 100)), Read(string.Concat(Enumerable.Repeat("𰻝", 100))));
        Assert.Throws<TextFault>(() => Read(string.Concat(Enumerable.Repeat("𰻝", 101))));
        Assert.Throws<TextFault>(() => Read(new string('a', 101)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u3000")]
    [InlineData("\u00B7")]
    [InlineData("--")]
    [InlineData("\u2800")] // blank Braille
    [InlineData("\u3164")] // a filler, which is a letter by its category
    [InlineData("\u034F")]
    [InlineData("王\u0000明")]
    [InlineData("王\n明")]
    [InlineData("王\u0085明")]
    [InlineData("王\u202E明")] // right to left override
    [InlineData("王\u2066明")] // isolate
    [InlineData("王\u200F明")]
    [InlineData("王\u200B明")] // of no width
    [InlineData("王\u200D明")]
    [InlineData("\uFEFF王明")]
    [InlineData("王\u00AD明")]
    [InlineData("王\u2028明")]
    [InlineData("王\U000E0041明")] // a tag
    [InlineData("王\uFFFD明")]
    public void What_cannot_be_seen_is_refused_and_so_is_a_name_without_a_letter(string text) => Assert.Throws<TextFault>(() => Read(text));

    [Theory]
    [InlineData("\"王\\uD840明\"")]
    [InlineData("\"王\\uDC00明\"")]
    [InlineData("\"\\uD840\"")]
    public void Half_of_a_character_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<PersonName>(json, SocialCardJson.Strict));

    [Theory]
    [InlineData('\u2022')]
    [InlineData('\u30FB')]
    [InlineData('\uFF0E')]
    [InlineData('\uFF65')]
    public void All_separators_between_the_parts_of_a_name_are_one(char separator) =>
        Assert.Equal(PersonName.ComparableOf(Uighur), PersonName.ComparableOf(Uighur.Replace('\u00B7', separator)));

    [Theory]
    [InlineData("John Smith", "JOHN  SMITH")]
    [InlineData("John Smith", "ＪＯＨＮ　Ｓｍｉｔｈ")]
    [InlineData("Renée", "RENE\u0301E")]
    [InlineData("王\u3000明", "王明")]
    [InlineData("买买提 · 艾力", Uighur)]
    [InlineData("𠮷野\U000E0100", "𠮷野")]
    public void How_a_name_is_spaced_composed_and_drawn_makes_no_difference(string one, string other) =>
        Assert.Equal(PersonName.ComparableOf(one), PersonName.ComparableOf(other));

    [Theory]
    [InlineData("王明", "王朋")]
    [InlineData("𠮷野", "吉野")]
    [InlineData(Uighur, "买买提艾力")]
    [InlineData("Renée", "Renee")]
    public void Other_names_stay_others(string one, string other) =>
        Assert.NotEqual(PersonName.ComparableOf(one), PersonName.ComparableOf(other));

    private static string Read(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var unit in text)
        {
            json.Append(unit is '"' or '\\' or < ' ' ? $"\\u{(int)unit:X4}" : unit);
        }

        return JsonSerializer.Deserialize<PersonName>(json.Append('"').ToString(), SocialCardJson.Strict)!.Value;
    }
}
