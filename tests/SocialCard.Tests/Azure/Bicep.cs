using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace SocialCard.Tests.Azure;

/// <summary>A test of what infra/azure compiles to; skipped where the compiler's package has no program for the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.Compiler is null ? "The Bicep compiler comes with the restore on Linux x64 only." : null;
}

/// <summary>infra/azure, compiled by the real compiler, without a network.</summary>
public sealed class Bicep
{
    private readonly JsonObject template;

    public Bicep()
    {
        Problems = "";
        template = [];
        if (Compiler is not null)
        {
            (var json, Problems) = Run("build", "--stdout");
            template = JsonNode.Parse(json.Length > 0 ? json : "{}")!.AsObject();
        }
    }

    /// <summary>Where the compiler is; null where there is none.</summary>
    public static string? Compiler { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "Bicep")?.Value;


    /// <summary>What the compiler said beside the template: errors and warnings.</summary>
    public string Problems { get; }

    /// <summary>The whole template, as it is sent to Azure.</summary>
    public string Text => template.ToJsonString();

    /// <summary>The template of a module.</summary>
    public JsonObject Module(string name) => template["resources"]![name]!["properties"]!["template"]!.AsObject();

    /// <summary>The resources of a module.</summary>
    public IEnumerable<JsonObject> ResourcesOf(string module) => Module(module)["resources"] is JsonObject named
        ? named.Select(resource => resource.Value!.AsObject())
        : Module(module)["resources"]!.AsArray().Select(resource => resource!.AsObject());

    /// <summary>A part of the whole template, by its names.</summary>
    public JsonNode? At(params string[] path) => path.Aggregate((JsonNode?)template, (node, name) => node?[name]);

    /// <summary>The names in a variable of a module that is an object.</summary>
    public IEnumerable<string> KeysOf(string module, string variable) =>
        Module(module)["variables"]![variable]!.AsObject().Select(entry => entry.Key);

    /// <summary>What the compiler prints on its two outputs.</summary>
    public static (string Output, string Problems) Run(string command, params string[] options)
    {
        var main = Path.Combine(Repository.Root, "infra", "azure", "main.bicep");
        using var bicep = Process.Start(new ProcessStartInfo(Compiler!, [command, main, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var problems = bicep.StandardError.ReadToEndAsync();
        var output = bicep.StandardOutput.ReadToEnd();
        bicep.WaitForExit();
        return (output, problems.GetAwaiter().GetResult());
    }
}
