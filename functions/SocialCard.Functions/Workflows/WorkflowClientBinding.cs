using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace SocialCard.Functions.Workflows;

/// <summary>
/// Asks the Functions host to send each function, besides what its own parameters bind, what a client of workflows needs:
/// the address of the host and the name of its hub. Orchestrations do no such work themselves.
/// </summary>
internal sealed class WorkflowClientBinding : IFunctionMetadataTransformer
{
    /// <summary>The name under which the host sends it.</summary>
    public const string BindingName = "workflows";

    private static readonly string Binding = JsonSerializer.Serialize(new { name = BindingName, type = "durableClient", direction = "In" });

    public string Name => nameof(WorkflowClientBinding);

    public void Transform(IList<IFunctionMetadata> original)
    {
        foreach (var bindings in original.Select(function => function.RawBindings!).Where(bindings => !bindings.Any(IsOrchestration)))
        {
            bindings.Add(Binding);
        }
    }

    private static bool IsOrchestration(string binding) =>
        JsonElement.Parse(binding).GetProperty("type").ValueEquals("orchestrationTrigger");
}
