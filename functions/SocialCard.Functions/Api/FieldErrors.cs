using Microsoft.AspNetCore.Http.HttpResults;

namespace SocialCard.Functions.Api;

/// <summary>Collects what is wrong with a body, by field, so that the caller learns all of it at once.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> errors = [];

    /// <summary>The problem with the body, or null if nothing is wrong.</summary>
    public ProblemHttpResult? Problem => errors.Count == 0 ? null : Problems.Invalid(errors);

    /// <summary>Notes a fault unless the condition holds.</summary>
    /// <param name="field">The field as the caller names it.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What is expected; it does not repeat the value, which may be personal.</param>
    public FieldErrors Require(string field, bool condition, string message)
    {
        if (!condition)
        {
            errors[field] = [.. errors.GetValueOrDefault(field, []), message];
        }

        return this;
    }
}
