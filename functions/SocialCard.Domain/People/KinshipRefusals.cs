namespace SocialCard.Domain.People;

/// <summary>Why somebody is not the relative that he is said to be.</summary>
public static class KinshipRefusals
{
    extension(Refusal)
    {
        /// <summary>Parent and child, or grandparent and grandchild, are told the wrong way round.</summary>
        public static Refusal RelationContradictsAge =>
            new(RefusedBy.Policy, "relation-contradicts-age", "By their days of birth the two are not such relatives.");

        /// <summary>Nobody has two husbands or wives (Civil Code art. 1041, 1042).</summary>
        public static Refusal SpouseExists =>
            new(RefusedBy.Policy, "spouse-exists", "Another is the husband or wife already; that one must be withdrawn first.");
    }
}
