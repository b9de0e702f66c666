using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using SocialCard.Domain.Cards;
using SocialCard.Functions;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace SocialCard.Tests.Architecture;

/// <summary>What may know what: the folders, which are the namespaces' first level, and the assemblies.</summary>
public sealed class StructureTests
{
    private const string Domain = "SocialCard.Domain";
    private const string Functions = "SocialCard.Functions";

    private static readonly Assembly DomainAssembly = typeof(Card).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Architecture =
        new ArchLoader().LoadAssemblies(DomainAssembly, typeof(SocialCardServices).Assembly).Build();

    [Theory]
    [InlineData(Domain)]
    [InlineData(Functions)]
    public void Folders_depend_on_one_another_one_way(string root) =>
        SliceRuleDefinition.Slices().Matching($"{root}.(*)").Should().BeFreeOfCycles().Check(Architecture);

    /// <summary>What all capabilities share: they know one another and the domain, and nothing that uses them.</summary>
    [Fact]
    public void What_all_capabilities_share_knows_none_of_them()
    {
        const string shared = $@"^{Functions}\.(Api|Keys|Observability|Partners|Storage|Webhooks|Workflows)$";
        var others = Types().That().ResideInNamespaceMatching($@"^{Functions}(\..*)?$").And().DoNotResideInNamespaceMatching(shared);
        Types().That().ResideInNamespaceMatching(shared).Should().NotDependOnAny(others).Check(Architecture);
    }

    [Theory]
    [InlineData("Azure.")]
    [InlineData("DurableTask.")]
    [InlineData("Microsoft.")]
    [InlineData("SocialCard.")]
    public void The_domain_stands_on_the_runtime_alone(string prefix) => Assert.DoesNotContain(
        DomainAssembly.GetReferencedAssemblies(), assembly => assembly.Name!.StartsWith(prefix, StringComparison.Ordinal));
}
