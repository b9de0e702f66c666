namespace SocialCard.Functions.Workflows;

/// <summary>
/// A card that comes back from a death that was recorded by mistake has workflows of other names than before: so the end of one of its
/// earlier life, and every message to it, however late it comes, means that one.
/// </summary>
internal static class Lives
{
    /// <summary>The instance in a later life.</summary>
    /// <param name="instance">Its name in the first.</param>
    /// <param name="revivals">How often what it waits for has come back.</param>
    public static string InLife(this string instance, int revivals) => revivals == 0 ? instance : $"{instance}-life-{revivals}";
}
