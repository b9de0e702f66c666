namespace SocialCard.Functions.Api;

/// <summary>Where the API stands; host.json has no prefix, so that pages can stand beside it.</summary>
public static class ApiRoute
{
    /// <summary>The version that every call is under.</summary>
    public const string V1 = "api/v1/";
}
