using System.Globalization;
using System.Reflection;
using SocialCard.Embedded.Functions;

namespace SocialCard.Embedded.Http;

/// <summary>
/// A parameter of an HTTP function that is bound by its name: from the route if the route has it, else from the query string.
/// </summary>
internal static class HttpArgument
{
    /// <exception cref="NotSupportedException">The parameter's type cannot be read from text.</exception>
    public static Func<FunctionCall, object?> Of(ParameterInfo parameter, bool fromRoute)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var parse = ParserOf(type)
            ?? throw new NotSupportedException($"its parameter '{parameter.ParameterType.Name} {name}' cannot be bound from the request.");
        var optional = parameter.HasDefaultValue
            || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || new NullabilityInfoContext().Create(parameter).WriteState is NullabilityState.Nullable;
        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : null;

        return invocation =>
        {
            var context = (HttpContext)invocation.Trigger;
            var text = fromRoute ? context.Request.RouteValues[name] as string : context.Request.Query[name].ToString();
            if (string.IsNullOrEmpty(text))
            {
                return optional ? absent : throw new BadHttpRequestException($"'{name}' is missing.");
            }

            return parse(text) ?? throw new BadHttpRequestException($"'{name}' is not a valid {type.Name}.");
        };
    }

    private static Func<string, object?>? ParserOf(Type type)
    {
        if (type.IsEnum)
        {
            return text => Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value) ? value : null;
        }

        if (!Array.Exists(type.GetInterfaces(), one => one.Name == typeof(IParsable<>).Name && one.GetGenericArguments()[0] == type))
        {
            return null;
        }

        return typeof(HttpArgument).GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).CreateDelegate<Func<string, object?>>();
    }

    private static object? Parse<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
