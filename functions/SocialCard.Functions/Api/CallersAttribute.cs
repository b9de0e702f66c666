namespace SocialCard.Functions.Api;

/// <summary>Which partners may call a function; without a role, every partner but agencies may.</summary>
/// <param name="roles">The roles.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallersAttribute(params PartnerRole[] roles) : Attribute
{
    /// <summary>The roles; none for every partner but agencies.</summary>
    public IReadOnlyList<PartnerRole> Roles => roles;
}
