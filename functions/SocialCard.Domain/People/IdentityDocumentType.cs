namespace SocialCard.Domain.People;

/// <summary>By which kind of document somebody is known.</summary>
public enum IdentityDocumentType
{
    /// <summary>Resident identity card (居民身份证): a citizen's eighteen characters.</summary>
    ResidentId,

    /// <summary>Residence permit for residents of Hong Kong, Macao and Taiwan (港澳台居民居住证): 810000, 820000 or 830000 in front.</summary>
    ResidencePermit,

    /// <summary>
    /// Foreign permanent resident ID card (外国人永久居留身份证): eighteen characters that begin with 9, or fifteen as issued until
    /// November 2023.
    /// </summary>
    ForeignPermanentResident,

    /// <summary>A passport; its number counts within a nationality.</summary>
    Passport,
}
