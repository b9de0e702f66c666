using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SocialCard.Embedded.OpenApi;

/// <summary>The documentation comments of the application's assemblies, which the build writes beside them, as Markdown.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> members;

    private XmlDocs(Dictionary<string, XElement> members) => this.members = members;

    /// <summary>Reads what the build wrote.</summary>
    /// <exception cref="FileNotFoundException">An assembly has no file of documentation beside it.</exception>
    public static XmlDocs Of(IEnumerable<Assembly> assemblies) => new(assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .DistinctBy(member => (string)member.Attribute("name")!)
        .ToDictionary(member => (string)member.Attribute("name")!));

    /// <summary>What a type is; null if nothing is written.</summary>
    public string? SummaryOf(Type type) => Text(Find($"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>What a property is.</summary>
    public string? SummaryOf(PropertyInfo property) =>
        Text(Find($"P:{NameOf(property.DeclaringType!)}.{property.Name}")?.Element("summary"));

    /// <summary>What a value of an enumeration is.</summary>
    public string? SummaryOf(FieldInfo value) => Text(Find($"F:{NameOf(value.DeclaringType!)}.{value.Name}")?.Element("summary"));

    /// <summary>What a method does; its name stands once in its type.</summary>
    public string? SummaryOf(MethodInfo method)
    {
        var start = $"M:{NameOf(method.DeclaringType!)}.{method.Name}";
        return Text(members
            .FirstOrDefault(member => member.Key == start || member.Key.StartsWith(start + "(", StringComparison.Ordinal))
            .Value?.Element("summary"));
    }

    /// <summary>The JSON that a type's example shows; null if it has none.</summary>
    public string? ExampleOf(Type type) => Find($"T:{NameOf(type)}")?.Element("example")?.Value;

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private XElement? Find(string name) => members.GetValueOrDefault(name);

    private static string? Text(XElement? written)
    {
        if (written is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var node in written.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "para" } paragraph => $"{Text(paragraph)} ",
                XElement link when link.Attribute("cref") is { } reference => $"`{reference.Value.Split('(')[0].Split('.', ':').Last()}`",
                XElement link => (string?)(link.Attribute("name") ?? link.Attribute("langword") ?? link.Attribute("href")) ?? link.Value,
                _ => "",
            });
        }

        return Space().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
