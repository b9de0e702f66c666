namespace SocialCard.Domain.Rules;

/// <summary>What follows from being a relative, wherever a relation is told.</summary>
public static class Kinship
{
    /// <summary>
    /// Whether the days of birth contradict a relation: nobody is born before his parents or grandparents, nor on their day. Days that
    /// are not known contradict nothing.
    /// </summary>
    /// <param name="relation">What the relative is to the holder.</param>
    /// <param name="holder">The holder's day of birth.</param>
    /// <param name="relative">The relative's.</param>
    public static bool ContradictsAges(this Relation relation, DateOnly? holder, DateOnly? relative) => relation switch
    {
        Relation.Child or Relation.SonsChild or Relation.DaughtersChild => relative <= holder,
        Relation.Parent or Relation.PaternalGrandparent or Relation.MaternalGrandparent => relative >= holder,
        _ => false,
    };
}
