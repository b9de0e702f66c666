using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Functions;
using SocialCard.Functions.Operations;

namespace SocialCard.Tests.Azure;

/// <summary>Holds infra/azure to the code: what the code needs is there, and nothing is there that nobody needs.</summary>
public sealed partial class InfrastructureTests(Bicep bicep) : IClassFixture<Bicep>
{
    /// <summary>Settings of a machine with Azurite, which have another in their place in Azure.</summary>
    private static readonly HashSet<string> OneMachineOnly = ["AzureWebJobsStorage", "Keys:Directory"];

    /// <summary>
    /// Names that the source puts together: the keys, which have their full names elsewhere, and an endpoint for one signal only.
    /// </summary>
    private static readonly HashSet<string> PutTogether = ["Keys:{name}", "OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"];

    /// <summary>Settings that the Functions host and its extensions read.</summary>
    private static readonly HashSet<string> ReadByTheHost =
    [
        "AzureFunctionsJobHost:extensions:durableTask:storageProvider:connectionStringName",
        "AzureFunctionsJobHost:extensions:durableTask:storageProvider:type",
        "AzureWebJobsDisableHomepage",
        "AzureWebJobsStorage:blobServiceUri",
        "AzureWebJobsStorage:credential",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
    ];

    [BicepFact]
    public void It_compiles_and_passes_the_linter_without_a_warning()
    {
        Assert.Equal("", bicep.Problems);
        Assert.Equal(("", ""), Bicep.Run("lint"));
    }

    [BicepFact]
    public void Every_setting_that_the_code_reads_is_set_and_none_is_unused()
    {
        var set = bicep.KeysOf("app", "settings").Concat(bicep.KeysOf("app", "schedulerSettings"))
            .Select(name => name.Replace("__", ":", StringComparison.Ordinal));

        SameNames("settings in app.bicep", [.. SettingsOfTheCode().Except(OneMachineOnly), .. ReadByTheHost], set);
    }

    [BicepFact]
    public void Every_table_queue_and_container_of_the_code_is_created()
    {
        var names = bicep.Module("storage")["variables"]!["$fxv#0"]!;
        IEnumerable<string> NamesOf(string kind) => names[kind]!.AsArray().Select(name => (string)name!);

        SameNames("tables in storage-names.json", StorageSetup.Tables, NamesOf("tables"));
        SameNames("queues in storage-names.json", [.. StorageSetup.Queues, .. PoisonQueues.Names], NamesOf("queues"));
        SameNames("containers in storage-names.json", ContainersOfTheCode(), NamesOf("containers"));
        foreach (var (type, kind) in new[] { (
            "tableServices/tables",
            "tables"), ("queueServices/queues", "queues"), ("blobServices/containers", "containers") })
        {
            var resource = Assert.Single(
                bicep.ResourcesOf("storage"), resource => (string)resource["type"]! == $"Microsoft.Storage/storageAccounts/{type}");
            Assert.Contains($"variables('names').{kind}", (string)resource["copy"]!["count"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_application_makes_every_queue_that_triggers_one_of_its_functions() => Assert.All(
        typeof(SocialCardServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>(),
        queue => Assert.Contains(queue, StorageSetup.Queues));

    [BicepFact]
    public void The_identity_has_the_roles_that_the_code_needs_on_what_it_uses_and_no_others()
    {
        var granted = new Dictionary<string, string[]>
        {
            ["storage"] = ["Storage Blob Data Owner", "Storage Queue Data Contributor", "Storage Table Data Contributor"],
            ["keys"] = ["Key Vault Crypto Service Encryption User", "Key Vault Secrets User"],
            ["scheduler"] = ["Durable Task Data Contributor"],
        };
        var variables =
            new Dictionary<string, string> { ["storage"] = "storageRoles", ["keys"] = "vaultRoles", ["scheduler"] = "schedulerRoles" };
        foreach (var (module, roles) in granted)
        {
            SameNames($"roles of the module {module}", roles, bicep.KeysOf(module, variables[module]));
            var grant = Assert.Single(bicep.ResourcesOf(module), IsGrant);
            Assert.Equal($"[length(items(variables('{variables[module]}')))]", (string)grant["copy"]!["count"]!);
            Assert.Equal("[parameters('principalId')]", (string)grant["properties"]!["principalId"]!);
            Assert.StartsWith("[resourceId(", (string)grant["scope"]!, StringComparison.Ordinal);
        }

        Assert.All(["identity", "monitoring", "app", "alerts"], module => Assert.DoesNotContain(bicep.ResourcesOf(module), IsGrant));

        static bool IsGrant(JsonObject resource) => (string)resource["type"]! == "Microsoft.Authorization/roleAssignments";
    }

    [BicepFact]
    public void Every_key_of_the_service_is_a_secret_that_no_later_deployment_changes()
    {
        var secrets = bicep.ResourcesOf("keys")
            .Where(resource => (string)resource["type"]! == "Microsoft.KeyVault/vaults/secrets").ToList();

        SameNames(
            "secrets in keys.bicep",
            SettingsOfTheCode().Where(name => name.StartsWith("Keys:", StringComparison.Ordinal)).Except(OneMachineOnly),
            secrets.Select(secret => $"Keys:{SecretName().Match((string)secret["name"]!).Groups[1].Value}"));
        Assert.All(secrets, secret => Assert.NotNull(secret["@options"]?["onlyIfNotExists"]));
        var vault = Assert.Single(bicep.ResourcesOf("keys"), resource => (string)resource["type"]! == "Microsoft.KeyVault/vaults");
        Assert.True((bool)vault["properties"]!["enablePurgeProtection"]!);
        Assert.True((bool)vault["properties"]!["enableRbacAuthorization"]!);
    }

    [BicepFact]
    public void The_key_ring_is_wrapped_by_a_key_that_does_nothing_else_and_that_no_later_deployment_changes()
    {
        var key = Assert.Single(bicep.ResourcesOf("keys"), resource => (string)resource["type"]! == "Microsoft.KeyVault/vaults/keys");

        // What VaultKey asks for: RSA-OAEP, without a version in the key's address.
        Assert.Equal("RSA", (string)key["properties"]!["kty"]!);
        SameNames(
            "operations of the key",
            ["wrapKey", "unwrapKey"],
            key["properties"]!["keyOps"]!.AsArray().Select(operation => (string)operation!));
        Assert.NotNull(key["@options"]?["onlyIfNotExists"]);
        Assert.EndsWith("keys/{1}', reference('vault').vaultUri, 'data-protection')]",
            (string)bicep.Module("keys")["outputs"]!["dataProtectionKeyUri"]!["value"]!, StringComparison.Ordinal);
    }

    [BicepFact]
    public void No_storage_key_and_no_address_of_one_cloud_is_in_it()
    {
        var account = Assert.Single(
            bicep.ResourcesOf("storage"), resource => (string)resource["type"]! == "Microsoft.Storage/storageAccounts");

        Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!);
        Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!);
        Assert.All(
            ["listKeys(", "AccountKey=", ".windows.net", ".azure.net", ".azure.cn", ".chinacloudapi.cn"],
            text => Assert.DoesNotContain(text, bicep.Text, StringComparison.OrdinalIgnoreCase));
    }

    [BicepFact]
    public void Every_metric_that_an_alert_watches_is_one_that_the_code_has()
    {
        var watched = MetricName()
            .Matches(bicep.Module("alerts")["variables"]!["rules"]!.ToString()).Select(name => name.Groups[1].Value).ToHashSet();
        var measured = Sources().SelectMany(file => MetricName().Matches(file.Source)).Select(name => name.Groups[1].Value);

        Assert.Equal(
            ["socialcard.escalations", "socialcard.poison_messages", "socialcard.timers.late", "socialcard.webhooks.refused"],
            watched.Order());
        Assert.Subset(measured.ToHashSet(), watched);
    }

    [BicepFact]
    public void The_scheduler_has_the_task_hub_that_host_json_names()
    {
        var hub = Assert.Single(
            bicep.ResourcesOf("scheduler"), resource => (string)resource["type"]! == "Microsoft.DurableTask/schedulers/taskHubs");
        Assert.Contains("parameters('hubName')", (string)hub["name"]!, StringComparison.Ordinal);
        Assert.Equal("[variables('hubName')]", (string?)bicep.At("resources", "scheduler", "properties", "parameters", "hubName", "value"));
        Assert.Equal("[variables('$fxv#0').extensions.durableTask.hubName]", (string?)bicep.At("variables", "hubName"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json"))), bicep.At("variables", "$fxv#0")));
    }

    /// <summary>
    /// What the host sends by itself has the addresses of requests and of rows in storage, which hold card numbers; nothing can filter it.
    /// </summary>
    [Fact]
    public void The_Functions_host_sends_no_spans_requests_or_dependencies_of_its_own()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;
        var insights = host["logging"]!["applicationInsights"]!;

        Assert.Null(host["telemetryMode"]);
        Assert.Null(host["extensions"]!["durableTask"]!["tracing"]);
        Assert.Equal("None", (string?)host["logging"]!["logLevel"]!["Host.Results"]);
        Assert.False((bool)insights["enableDependencyTracking"]!);
        Assert.False((bool)insights["enableLiveMetrics"]!);
        Assert.False((bool)insights["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!);
    }

    /// <summary>The settings that functions/ reads, as its source names them.</summary>
    private static HashSet<string> SettingsOfTheCode()
    {
        var settings = new HashSet<string>();
        foreach (var (file, source) in Sources())
        {
            Assert.False(
                UntracedRead().IsMatch(source),
                $"{file} reads settings in a way that this test does not trace: read them one by one, by their full name.");
            settings.UnionWith(SettingRead().Matches(source).Select(read => read.Groups[1].Value).Except(PutTogether));
            settings.UnionWith(KeyRead().Matches(source).Select(read => $"Keys:{read.Groups[1].Value}"));
        }

        return settings;
    }

    /// <summary>The containers of the code, and the one of the Data Protection keys, which their setting names.</summary>
    private IEnumerable<string> ContainersOfTheCode()
    {
        var keys = ContainerOfTheKeys().Match((string)bicep.Module("app")["variables"]!["settings"]!["DataProtection__BlobUri"]!);
        var declared = typeof(StorageSetup).GetProperty("Containers")?.GetValue(null) as IEnumerable<string>;
        return [keys.Groups[1].Value, .. declared ?? []];
    }

    private static IEnumerable<(string File, string Source)> Sources()
    {
        var folder = Path.Combine(Repository.Root, "functions");
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => file.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Select(file => (file, File.ReadAllText(Path.Combine(folder, file))));
    }

    private static void SameNames(string what, IEnumerable<string> needed, IEnumerable<string> present)
    {
        var (all, there) = (needed.ToHashSet(), present.ToHashSet());
        var (missing, unused) = (string.Join(", ", all.Except(there).Order()), string.Join(", ", there.Except(all).Order()));
        Assert.True(missing.Length + unused.Length == 0, $"{what}: add [{missing}], remove [{unused}]");
    }

    [GeneratedRegex("(?:onfiguration(?:\\[|\\.GetValue(?:<\\w+>)?\\()|\\bSetting\\(|\\bAddressOf\\()\\$?\"([^\"]+)\"")]
    private static partial Regex SettingRead();

    [GeneratedRegex("""ServiceKey\(configuration, "(\w+)"\)""")]
    private static partial Regex KeyRead();

    [GeneratedRegex(@"GetSection\(|GetConnectionString\(|GetEnvironmentVariable|BindConfiguration|\.Bind\(|IOptions<")]
    private static partial Regex UntracedRead();

    [GeneratedRegex("""(?:\\u0022|\\"|")(socialcard\.[a-z_.]+)(?:\\u0022|\\"|")""")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\{0\}([a-z0-9-]+)/")]
    private static partial Regex ContainerOfTheKeys();

    [GeneratedRegex(@", '(\w+)'\)\]$")]
    private static partial Regex SecretName();
}
