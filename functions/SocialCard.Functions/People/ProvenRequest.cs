namespace SocialCard.Functions.People;

/// <summary>What a command says of the person who asks for it: who he is, and where nobody sees him, how that is known.</summary>
public abstract record ProvenRequest : IdentityRequest, IProofBody
{
    /// <summary>The verification of his real name; needed where nobody sees his document.</summary>
    public RealNameRequest? RealNameVerification { get; init; }

    IdentityDocument? IProofBody.Shown => Presented;

    RealNameVerification? IProofBody.RealNameAt(DateTimeOffset now) => RealNameVerification?.Verification;
}

/// <summary>The same, where a caller on a line may say his query password in place of the verification.</summary>
public abstract record ProvenByPhoneRequest : ProvenRequest, IProofBody
{
    /// <summary>The query password that he has set, on a hotline or by text message.</summary>
    public string? QueryPassword { get; init; }
}

/// <summary>What a command says of whoever asks for it, where he need not be the holder: how his real name was verified.</summary>
public abstract record ApplicantRequest : IProofBody
{
    /// <summary>The verification of the real name of whoever asks; needed where nobody sees him.</summary>
    public RealNameRequest? RealNameVerification { get; init; }

    IdentityDocument? IProofBody.Shown => null;

    RealNameVerification? IProofBody.RealNameAt(DateTimeOffset now) => RealNameVerification?.Verification;
}
