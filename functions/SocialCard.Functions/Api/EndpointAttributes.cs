namespace SocialCard.Functions.Api;

/// <summary>The call has a JSON body.</summary>
/// <param name="form">Its type.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute(Type form) : Attribute
{
    /// <summary>The type of the body.</summary>
    public Type Form => form;
}

/// <summary>The call only asks, although it has a body: it changes nothing, and needs no key of idempotency.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QuestionAttribute : Attribute;

/// <summary>The call's body is a file.</summary>
/// <param name="mediaTypes">What it may be.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FileBodyAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>What the file may be.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}

/// <summary>The call is answered with a file.</summary>
/// <param name="mediaTypes">What it may be.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FileAnswerAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>What the file may be.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;

    /// <summary>Whether the answer tells by an ETag which file it is.</summary>
    public bool HasETag { get; init; }
}

/// <summary>The call takes a parameter in its query; it may be left out unless it says otherwise.</summary>
/// <param name="name">The parameter.</param>
/// <param name="meaning">What it is for.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryAttribute(string name, string meaning) : Attribute
{
    /// <summary>The parameter.</summary>
    public string Name => name;

    /// <summary>What it is for.</summary>
    public string Meaning => meaning;

    /// <summary>Whether the call cannot do without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is true or false, and not a number.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The form of a text, and not a number: a regular expression of .NET, which ends with <c>\z</c>.</summary>
    public string? Pattern { get; init; }

    /// <summary>The names that it may be, and not a number: an enum.</summary>
    public Type? Form { get; init; }

    /// <summary>The least number.</summary>
    public long Least { get; init; } = long.MinValue;

    /// <summary>The largest number.</summary>
    public long Most { get; init; } = long.MaxValue;
}

/// <summary>The codes by which the answer refuses single members of a family; the call as a whole is carried out.</summary>
/// <param name="codes">The stable codes.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesMembersAttribute(params string[] codes) : Attribute
{
    /// <summary>The stable codes.</summary>
    public IReadOnlyList<string> Codes => codes;
}

/// <summary>The call is proven by a bank's signature (Standard Webhooks 1.0), not by an API key.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedAttribute : Attribute;

/// <summary>Nobody needs an API key for the call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute;
