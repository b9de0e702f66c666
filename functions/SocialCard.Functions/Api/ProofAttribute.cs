namespace SocialCard.Functions.Api;

/// <summary>Who must have been proven to be himself; of every command, and <see cref="ProofCheck"/> holds it to that.</summary>
/// <param name="proof">Who.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProofAttribute(Proof proof) : Attribute
{
    /// <summary>Who.</summary>
    public Proof Proof => proof;
}

/// <summary>
/// The command takes back what another asks for: with the same proof, and not by every partner that may ask
/// (<see cref="AskedFor.MayBeUndoneBy"/>).
/// </summary>
/// <param name="command">The function of the other.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UndoesAttribute(string command) : Attribute
{
    /// <summary>The function of the other.</summary>
    public string Command => command;
}
