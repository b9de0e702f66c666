using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Functions.People;

namespace SocialCard.Tests.Persons;

public sealed class PersonProtectionTests
{
    private static readonly byte[] Pepper = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly DateOnly Born = new(1985, 7, 4);

    private readonly EphemeralDataProtectionProvider keys = new();
    private readonly PersonProtection people;

    public PersonProtectionTests()
    {
        var settings = new Dictionary<string, string?> { ["Keys:HolderPepper"] = Convert.ToBase64String(Pepper) };
        people = new(keys, new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
    }

    [Theory]
    [InlineData("140105")]
    [InlineData("810000")]
    [InlineData("911840")]
    public void The_key_of_eighteen_characters_is_that_of_version_1_0(string area)
    {
        var id = People.Id(Born, 1, area);

        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Pepper, Encoding.ASCII.GetBytes(id.Value))),
            people.KeyOf(IdentityDocument.Of(id)));
    }

    [Fact]
    public void A_passport_has_a_key_of_its_nationality_and_none_of_its_day_of_birth()
    {
        var key = people.KeyOf(Passport("USA"));

        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.Equal(key, people.KeyOf(Passport("USA", Born)));
        Assert.NotEqual(key, people.KeyOf(Passport("GBR")));
    }

    [Fact]
    public void Names_that_compare_equal_have_one_key()
    {
        Assert.Equal(people.NameKeyOf("买买提\u00B7艾力"), people.NameKeyOf("买买提\u2022艾力"));
        Assert.NotEqual(people.NameKeyOf("买买提\u00B7艾力"), people.NameKeyOf("买买提\u00B7艾山"));
        Assert.DoesNotContain("买", people.NameKeyOf("买买提"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_version_1_0_sealed_is_opened()
    {
        var number = People.IdNumber(Born);
        var sealedThen = keys.CreateProtector("SocialCard.Holder.v1")
            .Protect($$"""{"IdNumber":"{{number}}","Name":"王小明","Mobile":"13800138000"}""");
        var stored = JsonSerializer.Deserialize<Person>(
            $$"""{"key":"k","name":"王**","idNumber":"**************{{number[14..]}}","mobile":"138****8000","sealed":"{{sealedThen}}"}""",
            SocialCardJson.Compact)!;

        var data = people.Open(stored);

        Assert.Equal((number, "王小明", "13800138000"), (data.Document.Number, data.Name, data.Mobile));
        Assert.Equal(new(IdentityDocumentType.ResidentId, stored.IdNumber!, null), stored.Document);
    }

    [Fact]
    public void A_resident_is_stored_as_version_1_0_stored_him_and_with_what_names_are_compared_by()
    {
        var person = people.Seal(new(People.Document(Born), "王小明", "13800138000"));

        var stored = JsonSerializer.SerializeToNode(person, SocialCardJson.Compact)!.AsObject();
        Assert.Equal(["key", "name", "idNumber", "mobile", "sealed", "nameKey"], stored.Select(field => field.Key));
        var opened = JsonNode.Parse(keys.CreateProtector("SocialCard.Holder.v1").Unprotect(person.Sealed))!.AsObject();
        Assert.Equal(
            [("IdNumber", People.IdNumber(Born)), ("Name", "王小明"), ("Mobile", "13800138000")],
            opened.Select(field => (field.Key, (string)field.Value!)));
    }

    [Fact]
    public void A_foreigner_without_a_mobile_number_is_sealed_opened_and_masked()
    {
        var passport = Passport("USA", Born);
        var person = people.Seal(new(passport, "Mary O'Neill", null));
        var stored = JsonSerializer.Deserialize<Person>(JsonSerializer.Serialize(person, SocialCardJson.Compact), SocialCardJson.Compact)!;

        var data = people.Open(stored);

        Assert.Equal((passport, Born, "Mary O'Neill", null), (data.Document, data.Document.BirthDate!.Value, data.Name, data.Mobile));
        Assert.Equal((null, null, "M**"), (stored.IdNumber, stored.Mobile, stored.Name));
        Assert.Equal(new(IdentityDocumentType.Passport, "*****5678", "USA"), stored.Document);
        Assert.DoesNotContain("E12345678", JsonSerializer.Serialize(stored), StringComparison.Ordinal);
    }

    [Fact]
    public void A_permit_has_its_number_of_eighteen_characters_and_its_type()
    {
        var id = People.Id(Born, 1, "810000");
        var person = people.Seal(new(IdentityDocument.Of(id), "陳大文", "+85291234567"));

        Assert.Equal((id.Masked, "+852****4567"), (person.IdNumber, person.Mobile));
        Assert.Equal(new(IdentityDocumentType.ResidencePermit, id.Masked, null), person.Document);
        Assert.Equal(IdentityDocumentType.ResidencePermit, people.Open(person).Document.Type);
    }

    [Fact]
    public void What_a_holder_was_registered_with_counts_more_than_the_day_of_birth_that_he_tells()
    {
        var person = people.Seal(new(Passport("USA", Born), "Mary", null));
        var unknown = people.Seal(new(Passport("USA"), "Mary", null));

        Assert.Equal(Born, people.DocumentOf(person, Passport("USA", Born.AddYears(20))).BirthDate);
        Assert.Equal(Born, people.DocumentOf(person, Passport("USA")).BirthDate);
        Assert.Equal(Born, people.DocumentOf(unknown, Passport("USA", Born)).BirthDate);
        Assert.Null(people.DocumentOf(unknown, Passport("USA")).BirthDate);
    }

    private static IdentityDocument Passport(string nationality, DateOnly? born = null) =>
        IdentityDocument.Read(IdentityDocumentType.Passport, "E12345678", nationality, born).Document!;
}
