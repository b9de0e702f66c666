using SocialCard.Domain.Partners;
using SocialCard.Embedded;

namespace SocialCard.Tests.Host;

public sealed class SamplePartnersTests
{
    [Fact]
    public async Task The_sample_has_every_role_and_two_banks_with_usable_webhook_secrets()
    {
        var partners = await SamplePartners.ReadAsync(Path.Combine(AppContext.BaseDirectory, "sample-data"), default);

        Assert.Equal(Enum.GetValues<PartnerRole>(), partners.Select(partner => partner.Role).Distinct().Order());
        Assert.Equal(2, partners.Count(partner => partner.Role == PartnerRole.Bank));
        Assert.All(partners, partner => Assert.Equal(partner.Role == PartnerRole.Bank, partner.WebhookSecret is not null));
        Assert.Equal(partners.Count, partners.Select(partner => partner.ApiKey).Distinct().Count());
        Assert.Equal(partners.Count, partners.Select(partner => partner.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("""[{"id":"a","role":"king","apiKey":"k","webhookSecret":null,"regionCode":null}]""")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("""[{"id":"a","role":"bank","apiKey":"k","webhookSecret":null,"regionCode":null,"extra":1}]""")]
    public async Task A_faulty_sample_is_refused_with_its_path(string json)
    {
        var folder = Directory.CreateTempSubdirectory("socialcard-sample-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "partners.json"), json);

            var fault = await Assert.ThrowsAsync<HostStartException>(() => SamplePartners.ReadAsync(folder.FullName, default));

            Assert.Contains("partners.json: ", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
