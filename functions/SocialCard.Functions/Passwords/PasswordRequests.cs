using SocialCard.Functions.People;

namespace SocialCard.Functions.Passwords;

/// <summary>Body of a change of password.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="NewPassword">Six digits; none for a reset where the region gives the password.</param>
/// <param name="CurrentPassword">For a change.</param>
/// <param name="Agent">A minor's parent or guardian.</param>
/// <example>
/// {
///   "kind": "social", "operation": "reset", "channel": "serviceWindow", "newPassword": "840261",
///   "idNumber": "140105199112107099"
/// }
/// </example>
public sealed record PasswordChangeRequest(
    PasswordKind Kind,
    PasswordOperation Operation,
    ServiceChannel Channel,
    string? NewPassword = null,
    string? CurrentPassword = null,
    AgentRequest? Agent = null) : ProvenByPhoneRequest, IProofBody
{
    bool IProofBody.TakesQueryPassword => Kind is not PasswordKind.Query || Operation is PasswordOperation.Change;

    // The current one.
    bool IProofBody.TriesQueryPassword => Kind is PasswordKind.Query && Operation is PasswordOperation.Change;


    /// <summary>Shows no password and nothing of the person.</summary>
    public override string ToString() => $"password {Operation} ({Kind}, {Channel})";

    /// <summary>Notes what is there and does not belong to the operation, and what is missing.</summary>
    internal void Check(FieldErrors errors)
    {
        var isReset = Operation is PasswordOperation.Reset;
        errors
            .Require("newPassword", isReset || NewPassword is not null, "A change needs it.")
            .Require("currentPassword", isReset || CurrentPassword is not null, "A change needs it.")
            .Require("currentPassword", !isReset || CurrentPassword is null, "A reset has none.");
    }

    // A change is proved by the current password.
    private protected override bool NeedsIdentity => Operation is PasswordOperation.Reset;
}

/// <summary>Body of an unlock.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"kind": "social", "channel": "serviceWindow", "idNumber": "140105199009212640"}
/// </example>
public sealed record PasswordUnlockRequest(PasswordKind Kind, ServiceChannel Channel) : ProvenByPhoneRequest, IProofBody
{
    bool IProofBody.TakesQueryPassword => Kind is not PasswordKind.Query;
}

/// <summary>Body of the cancellation of a change that waits.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199009212640"}
/// </example>
public sealed record CancelPasswordChangeRequest(ServiceChannel Channel) : ProvenByPhoneRequest;

/// <summary>Body of a check.</summary>
/// <param name="Kind">Social or query.</param>
/// <param name="Password">What the holder presented.</param>
/// <example>
/// {"kind": "social", "password": "840261"}
/// </example>
public sealed record PasswordCheckRequest(PasswordKind Kind, string Password)
{
    /// <summary>Shows no password.</summary>
    public override string ToString() => $"password check ({Kind})";
}
