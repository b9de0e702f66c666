namespace SocialCard.EndToEnd;

/// <summary>Something that serves the API, whatever hosts it.</summary>
internal interface IApiServer
{
    /// <summary>The address with the route prefix and a slash at its end.</summary>
    Uri Api { get; }

    /// <summary>Answers to any caller; the caller is named with each request.</summary>
    HttpClient Http { get; }
}
