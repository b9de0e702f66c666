namespace SocialCard.Domain.Contributions;

/// <summary>The five social insurances (Social Insurance Law art. 2).</summary>
public enum Insurance
{
    /// <summary>Basic pension (基本养老保险).</summary>
    Pension,

    /// <summary>Unemployment (失业保险).</summary>
    Unemployment,

    /// <summary>Basic medical (基本医疗保险).</summary>
    Medical,

    /// <summary>Work injury (工伤保险).</summary>
    WorkInjury,

    /// <summary>Maternity (生育保险).</summary>
    Maternity,
}
