namespace SocialCard.EndToEnd;

/// <summary>Tests that load the machine as a whole; they run by themselves, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UnderLoad
{
    public const string Name = "Under load";
}
