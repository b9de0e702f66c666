using System.Reflection;
using Microsoft.DurableTask;

namespace SocialCard.Tests.Contracts;

/// <summary>
/// Holds infra/embedded/Contracts to the packages it stands for. Nothing abstract is exempt: what the declarations
/// leave out (entities, histories of DurableTask.Core, the worker's own pipeline) is virtual or whole types.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly Assembly Contracts = typeof(TaskOrchestrationContext).Assembly;

    public static TheoryData<string> DeclaredTypes => new(Contracts.GetExportedTypes().Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(DeclaredTypes))]
    public void A_declared_type_is_the_one_of_the_package(string name)
    {
        IReadOnlyList<string> deviations = Conformance.Deviations(TypeSurface.Of(Contracts.GetType(name)!), Listing.Committed);

        Assert.True(deviations.Count == 0, string.Join(Environment.NewLine, deviations));
    }

    [Fact]
    public void The_declarations_are_those_of_the_embedded_runtime()
        => Assert.Equal("SocialCard.Embedded.Contracts", Contracts.GetName().Name);
}
