using SocialCard.Domain.Cards;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.Passwords.PasswordCards;

namespace SocialCard.Tests.Passwords;

/// <summary>Who may set a password for somebody else.</summary>
public sealed class PasswordAgentTests
{
    [Theory]
    [InlineData(true, AgentRelation.Parent, false, null)]
    [InlineData(true, AgentRelation.Guardian, false, null)]
    [InlineData(true, AgentRelation.Guardian, false, "agent-documents-missing", false)]
    [InlineData(true, AgentRelation.Spouse, false, "agent-not-allowed")]
    [InlineData(true, null, false, "agent-not-allowed")]
    [InlineData(true, AgentRelation.Parent, true, "agent-not-eligible")]
    [InlineData(false, AgentRelation.Parent, false, "agent-not-allowed")]
    [InlineData(false, AgentRelation.Parent, true, "agent-not-allowed")]
    public void Only_a_minor_is_represented_and_by_his_parent_or_guardian(
        bool isMinor, AgentRelation? relation, bool isHolder, string? code, bool showsRegister = true)
    {
        var rules = Rules(Initial);
        KinshipDocument? register = showsRegister ? KinshipDocument.HouseholdRegister : null;
        var agent = new Agent(new DateOnly(1980, 1, 1), isHolder, HasPowerOfAttorney: true, relation, register);
        var command = new SetPassword(
            PasswordKind.Social,
            PasswordOperation.Reset,
            ServiceChannel.ServiceWindow,
            "next",
            "bureau-1",
            _ => false,
            _ => false,
            () => New,
            agent,
            isMinor ? [AgentDocument.AgentId, AgentDocument.Kinship] : null);
        Assert.Equal(code, In("own", rules).Passwords.Set(command, rules, Calendar, Now).Made.Refusal?.Code);
    }
}
