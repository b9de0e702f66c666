using System.Globalization;

namespace SocialCard.Functions.Api;

/// <summary>Reads what is asked for, where a page begins and how long it is, from the query of a call.</summary>
public static class PageQuery
{
    /// <summary>Reads a number.</summary>
    /// <param name="request">The call.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <param name="otherwise">The value when the parameter is absent.</param>
    /// <param name="value">The number.</param>
    /// <returns>False if it is not a number within the limits.</returns>
    public static bool TryRead(HttpRequest request, string name, long least, long most, long otherwise, out long value)
    {
        ArgumentNullException.ThrowIfNull(request);
        value = otherwise;
        return !request.Query.TryGetValue(name, out var text)
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }

    /// <summary>Reads a name of an enum, as JSON writes it.</summary>
    /// <param name="request">The call.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">What is named.</param>
    /// <returns>False if the parameter is absent, or no such name.</returns>
    public static bool TryRead<T>(HttpRequest request, string name, out T value)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = (string?)request.Query[name];
        value = Enum.GetValues<T>().FirstOrDefault(one => SocialCardJson.NameOf<T>(one) == text);
        return SocialCardJson.NameOf<T>(value) == text;
    }
}
