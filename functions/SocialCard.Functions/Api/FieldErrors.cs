namespace SocialCard.Functions.Api;

/// <summary>Collects what is wrong with a body, by field, so that the caller learns all of it at once.</summary>
/// <param name="faults">What is known to be wrong already; of these fields nothing more is said.</param>
public sealed class FieldErrors(IReadOnlyDictionary<string, string[]>? faults = null)
{
    private readonly Dictionary<string, string[]> errors = faults is null ? [] : new(faults);

    /// <summary>The problem with the body, or null if nothing is wrong.</summary>
    public ProblemHttpResult? Problem => errors.Count == 0 ? null : Problems.Invalid(errors);

    /// <summary>Notes a fault unless the condition holds.</summary>
    /// <param name="field">The field as the caller names it.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What is expected; it does not repeat the value, which may be personal.</param>
    public FieldErrors Require(string field, bool condition, string message)
    {
        if (!condition && faults?.ContainsKey(field) is not true)
        {
            errors[field] = [.. errors.GetValueOrDefault(field, []), message];
        }

        return this;
    }
}
