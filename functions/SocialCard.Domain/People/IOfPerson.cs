namespace SocialCard.Domain.People;

/// <summary>What belongs to a person, who disposes of it.</summary>
public interface IOfPerson
{
    /// <summary>The person.</summary>
    Person Subject { get; }
}
