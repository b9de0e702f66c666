using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Cards;

public sealed class CardComponentsTests
{
    [Fact]
    public void What_decides_for_a_card_is_not_stored_with_it()
    {
        var components = typeof(Card).GetProperties()
            .Where(property => property.PropertyType.IsValueType && property.PropertyType.GetProperty("Card")?.PropertyType == typeof(Card))
            .ToList();

        Assert.Contains(components, component => component.Name == nameof(Card.Activation));
        Assert.All(components, component => Assert.True(component.IsDefined(typeof(JsonIgnoreAttribute)), component.Name));
    }

    [Fact]
    public void What_former_releases_stored_keeps_its_name()
    {
        string[] released =
        [
            "activatedAt", "activationExpiredAt", "activationTerms", "bankId", "civil", "enabledAt", "family", "financial", "firstUsedAt",
            "generation", "holder", "issuedByReissue", "loss", "number", "passwords", "receiptImplied", "receivedOn", "referrals",
            "regionCode", "reissue", "reissuesFiled", "replacedBy", "replaces", "social", "temporaryCard",
        ];

        var stored = JsonSerializer.SerializeToElement(LossCards.Awaiting("320200"), SocialCardJson.Options);

        Assert.Empty(released.Except(stored.EnumerateObject().Select(member => member.Name)));
    }
}
