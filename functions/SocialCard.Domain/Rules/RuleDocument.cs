using System.Text.Json;

namespace SocialCard.Domain.Rules;

/// <summary>A JSON file of rules, read strictly: every fault is collected with its JSON path, and none is passed over.</summary>
internal sealed class RuleDocument : IDisposable
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly RuleText text;
    private readonly List<string> faults = [];
    private readonly JsonDocument document;

    public RuleDocument(RuleText text)
    {
        this.text = text;
        try
        {
            document = JsonDocument.Parse(text.Json);
        }
        catch (JsonException e)
        {
            throw new RegionsFileException(text.File, [$"$: {e.Message}"]);
        }
        Inspect(document.RootElement, "$");
    }

    public JsonElement Root => document.RootElement;

    public void Fault(string path, string reason) => faults.Add($"{path}: {reason}");

    public void ThrowIfFaulty()
    {
        if (faults.Count > 0)
        {
            throw new RegionsFileException(text.File, faults);
        }
    }

    public void Dispose() => document.Dispose();

    /// <summary>The members of an object with their paths; none, and a fault, where it is not an object.</summary>
    public IEnumerable<(string Name, JsonElement Value, string Path)> Members(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.EnumerateObject().Select(member => (member.Name, member.Value, Child(path, member.Name)));
        }

        Fault(path, "expected an object");
        return [];
    }

    /// <summary>The value as a type of .NET; false, and a fault, where it does not fit.</summary>
    public bool TryRead(JsonElement element, Type type, string path, out object? value)
    {
        value = null;
        if (element.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        try
        {
            value = element.Deserialize(type, Strict);
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            var within = (e as JsonException)?.Path is { } at ? at[1..] : "";
            Fault(path + within, e is ArgumentException ? e.Message : Expected(type, within));
            return false;
        }
    }

    /// <inheritdoc cref="TryRead"/>
    public T? Read<T>(JsonElement element, string path) => TryRead(element, typeof(T), path, out var value) ? (T?)value : default;

    /// <summary>Members of an enum as the file spells them.</summary>
    public static string Names<T>(IEnumerable<T> members) =>
        string.Join(", ", members.Select(member => JsonSerializer.Serialize<object?>(member).Trim('"')));

    private static string Expected(Type type, string within)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsConstructedGenericType && target.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return within.Length > 0 ? Expected(target.GenericTypeArguments[0], "") : "expected a list";
        }

        if (target.IsEnum)
        {
            return $"expected one of {Names(Enum.GetValues(target).Cast<object>())}";
        }

        if (target.IsConstructedGenericType && target.GetGenericTypeDefinition() == typeof(ByChannel<>))
        {
            return $"under \"any\" and, by channel, under \"channels\": {Expected(target.GenericTypeArguments[0], "")}";
        }

        return target switch
        {
            _ when target == typeof(bool) => "expected true or false",
            _ when target == typeof(int) => "expected a whole number",
            _ when target == typeof(string) => "expected a text",
            _ when target == typeof(Period) => "expected a period such as \"300 days\", \"3 workingDays\" or \"no limit\"",
            _ when target == typeof(Delay) => "expected a delay such as \"24 hours\" or \"2 workingDays at 00:00\"",
            _ => $"does not fit {target.Name}",
        };
    }

    /// <summary>What is wrong whatever the meaning: a member or a list entry given twice, a negative number, null.</summary>
    private void Inspect(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>();
                foreach (var (name, value, child) in Members(element, path))
                {
                    if (!names.Add(name))
                    {
                        Fault(child, "given twice");
                    }

                    Inspect(value, child);
                }
                break;
            case JsonValueKind.Array:
                var entries = new HashSet<string>();
                foreach (var (index, entry) in element.EnumerateArray().Index())
                {
                    if (!entries.Add(entry.GetRawText()))
                    {
                        Fault($"{path}[{index}]", "listed twice");
                    }

                    Inspect(entry, $"{path}[{index}]");
                }
                break;
            case JsonValueKind.Number when element.GetDouble() < 0:
                Fault(path, "must not be negative");
                break;
            case JsonValueKind.Null:
                Fault(path, "null says nothing: leave it out, or write \"unknown\" where that is allowed");
                break;
        }
    }

    private static string Child(string path, string name) =>
        name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit) ? $"{path}.{name}" : $"{path}['{name}']";
}
