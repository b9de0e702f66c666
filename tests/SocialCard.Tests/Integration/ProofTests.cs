using SocialCard.Domain.Partners;
using SocialCard.Embedded.OpenApi;
using SocialCard.Functions.Api;
using Endpoint = SocialCard.Embedded.OpenApi.Endpoint;

namespace SocialCard.Tests.Integration;

/// <summary>What commands declare of their proof can be held, and the table of them is the one that the code gives.</summary>
public sealed class ProofTests
{
    private static readonly IReadOnlyList<Endpoint> Commands =
        [.. Endpoint.In(typeof(ApiRoute).Assembly).Where(endpoint => endpoint.IsCommand && endpoint.Callers.Count > 0)];

    [Fact]
    public void Every_command_says_with_what_proof_it_is_done_or_what_it_takes_back()
    {
        Assert.True(Commands.Count > 40, $"{Commands.Count} commands were found.");
        Assert.All(Commands, command => Assert.NotNull(command.Proof));
    }

    [Fact]
    public void A_body_carries_the_proof_that_its_command_declares()
    {
        var faults = Commands.SelectMany(command => FaultsOf(command).Select(fault => $"{command.Method.Name}: {fault}")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Only_who_may_ask_takes_back_and_operations()
    {
        var undoing = Commands.Where(command => command.Undoes is not null).ToList();
        Assert.True(undoing.Count >= 6);
        Assert.All(undoing, command => Assert.Subset(
            new HashSet<PartnerRole>([.. Commands.Single(other => other.Method.Name == command.Undoes).Callers, PartnerRole.Operations]),
            new HashSet<PartnerRole>(command.Callers)));
    }

    [Fact]
    public void What_a_proof_cannot_be_carried_by_is_told()
    {
        Assert.Equal(
            ["a hotline may call it, and its body has no queryPassword."], FaultsOf(Proof.Holder, typeof(Seen), PartnerRole.Hotline));
        Assert.Equal(["its body shows no person."], FaultsOf(Proof.Consenter, typeof(string), PartnerRole.Bureau));
    }

    [Fact]
    public void The_committed_table_of_commands_is_the_one_that_the_code_gives() => Assert.Equal(
        CommandTable.Generate(), File.ReadAllText(Path.Combine(Repository.Root, CommandTable.File)));

    [Fact]
    public void The_description_tells_the_proof_of_every_command()
    {
        var paths = Yaml.Described(InterfaceDescriptions.OpenApi)["paths"]!;
        Assert.All(Commands, command => Assert.NotNull(paths[command.Path]![command.Verb]!["x-proof"]));
    }

    private static IEnumerable<string> FaultsOf(Endpoint command) => FaultsOf(command.Proof!.Value, command.Body, [.. command.Callers]);

    private static IEnumerable<string> FaultsOf(Proof proof, Type? body, params PartnerRole[] callers)
    {
        if (proof is Proof.Partner or Proof.Secret or Proof.Application)
        {
            yield break;
        }

        if (body?.IsAssignableTo(typeof(IProofBody)) is not true)
        {
            yield return "its body shows no person.";
        }
        else if (callers.Contains(PartnerRole.Hotline) && body.GetProperty("QueryPassword") is null)
        {
            yield return "a hotline may call it, and its body has no queryPassword.";
        }
    }

    private sealed class Seen : IProofBody
    {
        public SocialCard.Domain.People.IdentityDocument? Shown => null;

        public SocialCard.Domain.People.RealNameVerification? RealNameAt(DateTimeOffset now) => null;
    }
}
