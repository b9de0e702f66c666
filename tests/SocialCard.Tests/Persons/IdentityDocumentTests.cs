using SocialCard.Domain.People;

namespace SocialCard.Tests.Persons;

public sealed class IdentityDocumentTests
{
    private static readonly DateOnly Born = new(1985, 7, 4);

    [Theory]
    [InlineData("140105", IdentityDocumentType.ResidentId, null)]
    [InlineData("810000", IdentityDocumentType.ResidencePermit, null)]
    [InlineData("820000", IdentityDocumentType.ResidencePermit, null)]
    [InlineData("830000", IdentityDocumentType.ResidencePermit, null)]
    [InlineData("810101", IdentityDocumentType.ResidentId, null)]
    [InlineData("911840", IdentityDocumentType.ForeignPermanentResident, "USA")]
    [InlineData("931036", IdentityDocumentType.ForeignPermanentResident, "AUS")]
    [InlineData("911999", IdentityDocumentType.ForeignPermanentResident, null)]
    public void The_beginning_of_eighteen_characters_tells_what_they_are_the_number_of(
        string area, IdentityDocumentType type, string? nationality)
    {
        var id = People.Id(Born, 12, area);
        var document = IdentityDocument.Of(id);

        Assert.Equal((type, id.Value, nationality), (document.Type, document.Number, document.Nationality));
        Assert.Equal(document, IdentityDocument.Read(type, id.Value, nationality, Born).Document);
        Assert.All(
            Enum.GetValues<IdentityDocumentType>().Except([type, IdentityDocumentType.Passport]),
            other => Assert.Equal("number", IdentityDocument.Read(other, id.Value).Fault!.Part));
    }

    [Theory]
    [InlineData(IdentityDocumentType.ResidentId, "110105194912310021")] // check character
    [InlineData(IdentityDocumentType.ResidentId, "11010519491331002X")] // month 13
    [InlineData(IdentityDocumentType.ResidentId, "KAZ110090123105")]
    [InlineData(IdentityDocumentType.ResidencePermit, "810000198507040120")] // check character
    [InlineData(IdentityDocumentType.ResidencePermit, "H12345678")] // a travel permit
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "911840198507040122")] // check character
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAZ110090123104")] // check digit
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAA110090123105")] // no country
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAZ110090133105")] // 33 January
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAZ11009012310")] // too short
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAZ1100901231051")] // too long
    [InlineData(IdentityDocumentType.ForeignPermanentResident, "KAZ11009012310５")] // a full-width digit
    public void A_number_that_is_not_one_of_its_type_is_refused(IdentityDocumentType type, string number) =>
        Assert.Equal("number", IdentityDocument.Read(type, number).Fault!.Part);

    [Theory]
    [InlineData("KAZ110090123105", "KAZ", "1990-12-31")]
    [InlineData("kaz110090123105", "KAZ", "1990-12-31")]
    [InlineData("USA310005070414", "USA", "2005-07-04")]
    [InlineData("GBR110023120105", "GBR", "1923-12-01")] // 1 December 2023 is too late
    public void The_older_number_of_a_permanent_resident_names_his_nationality_and_day_of_birth(
        string number, string nationality, string born)
    {
        number = number[..14] + CheckDigit(number.ToUpperInvariant());

        var document = IdentityDocument.Read(IdentityDocumentType.ForeignPermanentResident, number).Document!;

        Assert.Equal((nationality, DateOnly.Parse(born, null)), (document.Nationality, document.BirthDate!.Value));
        Assert.Equal(number.ToUpperInvariant(), document.Number);
        Assert.Null(document.IdNumber);
        Assert.Equal(
            [number[14]], "0123456789".Where(digit => IdentityDocument.Read(document.Type, number[..14] + digit).Document is not null));
    }

    [Fact]
    public void A_published_example_has_the_check_digit_that_is_computed_here() =>
        Assert.Equal('5', CheckDigit("KAZ110090123105"));

    [Fact]
    public void The_century_that_an_older_number_lacks_may_be_told()
    {
        const string body = "USA31000507041";
        var number = body + CheckDigit(body + "0");

        var old = IdentityDocument.Read(IdentityDocumentType.ForeignPermanentResident, number, birthDate: new(1905, 7, 4)).Document!;
        var young = IdentityDocument.Read(IdentityDocumentType.ForeignPermanentResident, number).Document!;

        Assert.Equal((1905, 2005), (old.BirthDate!.Value.Year, young.BirthDate!.Value.Year));
        Assert.Equal(old, young);
        Assert.Equal(
            "birthDate",
            IdentityDocument.Read(IdentityDocumentType.ForeignPermanentResident, number, birthDate: new(1905, 7, 5)).Fault!.Part);
    }

    [Theory]
    [InlineData("E12345678", "CHN")]
    [InlineData("c01x00t47", "DEU")]
    [InlineData("12345", "USA")]
    [InlineData("AB1234567890", "IND")]
    public void A_passport_is_letters_and_digits_of_a_country(string number, string nationality)
    {
        var passport = IdentityDocument.Read(IdentityDocumentType.Passport, number, nationality).Document!;

        Assert.Equal((number.ToUpperInvariant(), nationality), (passport.Number, passport.Nationality));
        Assert.Null(passport.BirthDate);
        Assert.Null(passport.AgeOn(new(2026, 1, 1)));
        Assert.Equal(41, (IdentityDocument.Read(passport.Type, number, nationality, Born).Document! with { }).AgeOn(new(2026, 7, 4)));
    }

    [Theory]
    [InlineData("E1234", "CHN", null)]
    [InlineData("1234", "USA", "number")]
    [InlineData("AB12345678901", "USA", "number")]
    [InlineData("ABCDEFGH", "USA", "number")]
    [InlineData("E1234-678", "USA", "number")]
    [InlineData("E1234 678", "USA", "number")]
    [InlineData("Ｅ12345678", "USA", "number")]
    [InlineData("", "USA", "number")]
    [InlineData("E12345678", null, "nationality")]
    [InlineData("E12345678", "", "nationality")]
    [InlineData("E12345678", "US", "nationality")]
    [InlineData("E12345678", "usa", "nationality")]
    [InlineData("E12345678", "XYZ", "nationality")]
    public void What_a_passport_lacks_is_named(string number, string? nationality, string? part) =>
        Assert.Equal(part, IdentityDocument.Read(IdentityDocumentType.Passport, number, nationality).Fault?.Part);

    [Fact]
    public void What_is_told_beside_a_number_agrees_with_it()
    {
        var (resident, foreigner) = (People.IdNumber(Born), People.IdNumber(Born, 1, "911840"));

        Assert.Equal("nationality", IdentityDocument.Read(IdentityDocumentType.ResidentId, resident, "CHN").Fault!.Part);
        Assert.Equal("nationality", IdentityDocument.Read(IdentityDocumentType.ForeignPermanentResident, foreigner, "CAN").Fault!.Part);
        Assert.Equal("birthDate", IdentityDocument.Read(IdentityDocumentType.ResidentId, resident, birthDate: Born.AddDays(1)).Fault!.Part);
    }

    [Fact]
    public void A_passport_is_the_same_whether_or_not_a_day_of_birth_is_told_and_another_in_another_country()
    {
        var passport = IdentityDocument.Read(IdentityDocumentType.Passport, "E12345678", "USA").Document!;

        Assert.Equal(passport, IdentityDocument.Read(IdentityDocumentType.Passport, "e12345678", "USA", Born).Document);
        Assert.NotEqual(passport, IdentityDocument.Read(IdentityDocumentType.Passport, "E12345678", "GBR").Document);
    }

    [Theory]
    [InlineData("E12345678", "*****5678")]
    [InlineData("AB1234", "***234")]
    [InlineData("12345", "***45")]
    public void Of_a_short_number_no_more_than_half_is_shown(string number, string masked)
    {
        var passport = IdentityDocument.Read(IdentityDocumentType.Passport, number, "USA").Document!;

        Assert.Equal(masked, passport.Masked.Number);
        Assert.Equal(masked, $"{passport}");
    }

    [Theory]
    [InlineData("2010-03-01", "2026-02-28", 15)]
    [InlineData("2010-03-01", "2026-03-01", 16)]
    [InlineData("2008-02-29", "2026-02-28", 18)]
    public void Age_counts_full_years(string born, string day, int age) =>
        Assert.Equal(age, People.Document(DateOnly.Parse(born, null)).AgeOn(DateOnly.Parse(day, null)));

    private static char CheckDigit(string number) => (char)('0' + (number[..14]
        .Select((sign, index) => (char.IsAsciiDigit(sign) ? sign - '0' : sign - 'A' + 10) * new[] { 7, 3, 1 }[index % 3]).Sum() % 10));
}
