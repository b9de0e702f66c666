using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SocialCard.Tests.Contracts;

/// <summary>
/// What users and heirs of a type can see of it: its kind, its base type and interfaces, and a line for each member
/// in the notation of the listings, so that a declaration and a listing compare as text.
/// </summary>
internal sealed record TypeSurface(string Name, string Kind, IReadOnlySet<string> Bases, IReadOnlyList<string> Members)
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    public static TypeSurface Of(Type type)
        => new(NameOf(type), KindOf(type), BasesOf(type).Select(NameOf).ToHashSet(), [.. type.IsEnum ? ValuesOf(type) : MembersOf(type)]);

    private static string KindOf(Type type)
        => type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

    private static IEnumerable<Type> BasesOf(Type type)
    {
        if (type.IsEnum)
        {
            return [];
        }

        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            ? type.GetInterfaces().Prepend(parent)
            : type.GetInterfaces();
    }

    private static IEnumerable<string> ValuesOf(Type type)
        => Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");

    private static IEnumerable<string> MembersOf(Type type)
        => type.GetMembers(Declared).Select(Describe).OfType<string>();

    private static string? Describe(MemberInfo member)
        => member switch
        {
            ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic
                => $"{ModifiersOf(constructor)}ctor({ParametersOf(constructor)})",
            MethodInfo method when IsVisible(method) && !IsLeftOut(method)
                => $"{ModifiersOf(method)}{method.Name}{TypeParametersOf(method)}({ParametersOf(method)}){ConstraintsOf(method)} -> {NameOf(method.ReturnType)}",
            PropertyInfo property => Describe(property),
            FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly
                => $"{(field.IsPublic ? "" : "protected ")}{(field.IsStatic ? "static " : "")}field {field.Name} -> {NameOf(field.FieldType)}",
            EventInfo { AddMethod: { } add } happening when IsVisible(add)
                => $"{ModifiersOf(add)}event {happening.Name} -> {NameOf(happening.EventHandlerType!)}",
            _ => null,
        };

    private static string? Describe(PropertyInfo property)
    {
        MethodInfo[] visible = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        MethodInfo[] accessors = visible.Any(accessor => accessor.IsPublic) ? [.. visible.Where(accessor => accessor.IsPublic)] : visible;
        if (accessors.Length == 0)
        {
            return null;
        }

        string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{ParametersOf(index)}]" : property.Name;
        string verbs = string.Concat(accessors.Select(accessor => accessor == property.GetMethod ? "get; " : IsInit(accessor) ? "init; " : "set; "));
        return $"{ModifiersOf(accessors[0])}{name} {{ {verbs}}} -> {NameOf(property.PropertyType)}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(MethodInfo setter)
        => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    // The listings name neither what every object has, nor what the compiler adds to a record beside its operators,
    // its copy constructor and its contract; accessors are told with their property.
    private static bool IsLeftOut(MethodInfo method)
        => (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            || (method.Name, method.GetParameters().Length) is ("Equals", 1) or ("GetHashCode", 0) or ("ToString", 0)
            || (method.Name is "PrintMembers" or "<Clone>$" && method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static string ModifiersOf(MethodBase method)
    {
        string visibility = method.IsPublic ? "" : "protected ";
        string dispatch = method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            MethodInfo virtually when virtually.GetBaseDefinition() != virtually => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return visibility + dispatch;
    }

    private static string TypeParametersOf(MethodInfo method)
        => method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string ConstraintsOf(MethodInfo method)
        => string.Concat(method.GetGenericArguments().Select(ConstraintOf));

    private static string ConstraintOf(Type parameter)
    {
        GenericParameterAttributes special = parameter.GenericParameterAttributes;
        List<string> constraints = [];
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Add("class");
        }

        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            constraints.Add("struct");
        }

        constraints.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(NameOf));
        if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !constraints.Contains("struct"))
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }

    private static string ParametersOf(MethodBase method)
        => (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + ParametersOf(method.GetParameters());

    private static string ParametersOf(ParameterInfo[] parameters)
        => string.Join(", ", parameters.Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}{DefaultOf(parameter)}"));

    private static string DefaultOf(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue)
        {
            return "";
        }

        return " = " + (parameter.RawDefaultValue, parameter.ParameterType) switch
        {
            (null, { IsValueType: true }) => "default",
            (null, _) => "null",
            (bool value, _) => value ? "true" : "false",
            (var value, { IsEnum: true } type) => $"{type.Name}.{Enum.ToObject(type, value)}",
            (var value, _) => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    private static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            string element = NameOf(type.GetElementType()!);
            return type.IsByRef ? $"ref {element}" : $"{element}[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return NameOf(underlying) + "?";
        }

        string name = type.DeclaringType is { } outer ? $"{NameOf(outer)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType
            ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : name;
    }
}
