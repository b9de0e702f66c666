using SocialCard.EndToEnd;

[assembly: AssemblyTrait(Category.Name, Category.EndToEnd)]

namespace SocialCard.EndToEnd;

/// <summary>What <c>dotnet test --filter</c> may choose tests by, as in <c>Category=EndToEnd&amp;Category!=Crash</c>.</summary>
internal static class Category
{
    public const string Name = "Category";

    /// <summary>Every test of this assembly: a service that runs, and its storage.</summary>
    public const string EndToEnd = "EndToEnd";

    /// <summary>Those in which a host is killed in the middle of its work, and has to make up for it.</summary>
    public const string Crash = "Crash";
}
