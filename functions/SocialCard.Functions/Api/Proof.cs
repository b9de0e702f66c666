namespace SocialCard.Functions.Api;

/// <summary>Who must have been proven to be himself for a command to be carried out.</summary>
public enum Proof
{
    /// <summary>Nobody: the partner decides on its own authority.</summary>
    Partner,

    /// <summary>Whoever acts, holder or not: where nobody sees him, his real name is verified.</summary>
    Applicant,

    /// <summary>The holder, or the guardian whose the thing is: by his document, and where nobody sees that, verified.</summary>
    Holder,

    /// <summary>The holder, likewise, or for him an agent whom the region takes.</summary>
    HolderOrAgent,

    /// <summary>The holder or his agent, likewise; or whoever knows the password that is to change.</summary>
    HolderOrPassword,

    /// <summary>The person whose consent is asked for, in the same way as a holder.</summary>
    Consenter,

    /// <summary>The guardian, by the verification that his application was opened or signed with while that is a day old at most.</summary>
    Application,

    /// <summary>Nobody beside what is presented and checked here: a password or a token.</summary>
    Secret,
}
