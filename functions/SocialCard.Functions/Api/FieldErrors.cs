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

    /// <summary>Notes a fault, if there is one.</summary>
    /// <param name="field">The field as the caller names it.</param>
    /// <param name="fault">What is wrong with it; null if nothing is.</param>
    public FieldErrors RequireNo(string field, string? fault) => Require(field, fault is null, fault ?? "");

    /// <summary>Notes a fault for each of a list that the condition does not hold for, by its place.</summary>
    /// <typeparam name="T">What the list is of.</typeparam>
    /// <param name="field">The list as the caller names it.</param>
    /// <param name="list">The list; null where there is none to check.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What is expected.</param>
    public FieldErrors RequireEach<T>(string field, IReadOnlyList<T>? list, Func<T, bool> condition, string message)
    {
        ArgumentNullException.ThrowIfNull(condition);
        foreach (var (index, one) in (list ?? []).Index())
        {
            Require($"{field}[{index}]", condition(one), message);
        }

        return this;
    }
}
