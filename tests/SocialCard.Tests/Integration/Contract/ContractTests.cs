using System.Text.Json.Nodes;
using SocialCard.Http;

namespace SocialCard.Tests.Integration.Contract;

/// <summary>What version 1.0 of the API promised to integrators holds: the description of today differs from the one kept here only as named.</summary>
public sealed class ContractTests
{
    /// <summary>Differences from 1.0 that are meant: how the line begins, and why.</summary>
    private static readonly (string Begin, string Why)[] Meant = [];

    private static readonly string Text = File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "SocialCard.Tests", "Integration", "Contract", "openapi-1.0.yaml"));

    private static readonly IReadOnlySet<string> Released = ContractFacts.Of(Yaml.Read(Text));

    [Fact]
    public void The_contract_of_1_0_holds_but_for_what_is_named()
    {
        var differences = ContractFacts.Differences(Released, ContractFacts.Of(Yaml.Described(InterfaceDescriptions.OpenApi)));

        Assert.True(
            differences.All(line => Meant.Any(meant => line.StartsWith(meant.Begin, StringComparison.Ordinal))),
            $"The contract changes:\n{string.Join('\n', differences.Where(line => !Meant.Any(meant => line.StartsWith(meant.Begin, StringComparison.Ordinal))))}");
        Assert.All(Meant, meant => Assert.Contains(differences, line => line.StartsWith(meant.Begin, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("operationId: registerCard", "operationId: addCard", "- POST /cards is registerCard", "+ POST /cards is addCard")]
    [InlineData("pattern: ^[!-~]{1,64}$", "pattern: ^[!-~]{1,32}$", "- POST /cards header Idempotency-Key pattern: ", "+ POST /cards header Idempotency-Key pattern: ")]
    [InlineData("- card-already-registered", "- card-cancelled", "- POST /cards 409 application/problem+json.code may be \"card-already-registered\"", null)]
    [InlineData("maximum: 500", "maximum: 400", "- GET /cards/{cardNumber}/timeline query limit maximum: 500", null)]
    [InlineData("- awaitingActivation\n", "- waiting\n", "- GET /cards/{cardNumber} 200 application/json.status may be \"awaitingActivation\"", null)]
    [InlineData("      - generation\n", "", "- GET /cards/{cardNumber} 200 application/json required generation", null)]
    [InlineData("            Location:\n              $ref: '#/components/headers/Location'\n", "", "- POST /cards 201 header Location", null)]
    public void A_change_of_what_is_promised_is_told(string before, string after, string lost, string? won)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);

        var differences = ContractFacts.Differences(Released, ContractFacts.Of(Yaml.Read(Text.Replace(before, after, StringComparison.Ordinal))));

        Assert.Contains(differences, line => line.StartsWith(lost, StringComparison.Ordinal));
        Assert.True(won is null || differences.Any(line => line.StartsWith(won, StringComparison.Ordinal)));
    }

    [Fact]
    public void Words_for_people_order_and_names_of_schemas_do_not_count()
    {
        var other = Yaml.Read(Text);
        var paths = other["paths"]!.AsObject();
        var first = paths.First();
        paths.Remove(first.Key);
        paths.Add(first.Key, first.Value);
        first.Value!["post"]!["summary"] = "Anything else";
        var renamed = JsonNode.Parse(other.ToJsonString().Replace("RegisterCardRequest", "Registration", StringComparison.Ordinal))!;

        Assert.Empty(ContractFacts.Differences(Released, ContractFacts.Of(renamed)));
    }
}
