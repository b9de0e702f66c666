using System.Globalization;

namespace SocialCard.Functions.Api;

/// <summary>Reads where a page begins and how long it is, from the query of a call.</summary>
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
}
