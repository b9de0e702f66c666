using SocialCard.Domain.Kernel;
using SocialCard.Embedded.OpenApi;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Integration;

public sealed class ProblemCatalogTests
{
    private static readonly ProblemCatalog Catalog = ProblemCatalog.Of([typeof(ApiRoute).Assembly, typeof(Refusal).Assembly]);

    [Theory]
    [InlineData("card-cancelled", 409)]
    [InlineData("holder-mismatch", 422)]
    [InlineData("card-not-found", 404)]
    [InlineData("idempotency-key-missing", 400)]
    [InlineData("rate-limited", 429)]
    [InlineData("storage-unavailable", 503)]
    public void The_status_of_a_code_is_what_its_refusal_is_answered_with(string code, int status) =>
        Assert.Equal(status, Catalog.StatusOf(code, "Cards"));

    [Fact]
    public void Where_two_capabilities_use_one_code_each_has_its_own_status()
    {
        Assert.Equal(409, Catalog.StatusOf("documents-missing", "ElectronicCards"));
        Assert.Equal(422, Catalog.StatusOf("documents-missing", "FamilyLinks"));
        Assert.Contains("409 and 422", FaultOf("documents-missing"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_code_that_no_refusal_has_is_told() =>
        Assert.Equal("Cards declares that it refuses with card-eaten, but no refusal has this code.", FaultOf("card-eaten"));

    private static string FaultOf(string code) => Assert.Throws<InvalidOperationException>(() => Catalog.StatusOf(code, "Cards")).Message;
}
