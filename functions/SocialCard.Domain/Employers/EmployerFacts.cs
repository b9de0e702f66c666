namespace SocialCard.Domain.Employers;

/// <summary>What an employer files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FoundedOn">The local day of its founding.</param>
/// <param name="RegionCode">Where it is, by GB/T 2260.</param>
/// <param name="Credential">By what it proves itself (art. 57).</param>
/// <param name="Representative">Its legal representative, in the stored form of a person.</param>
public sealed record EmployerFacts(string Name, DateOnly FoundedOn, string RegionCode, EmployerCredential Credential, Person Representative)
{
    /// <summary>
    /// The names of the facts that differ; the representative by what names him, since the same data is encrypted anew each time.
    /// </summary>
    public IReadOnlyList<string> DifferencesFrom(EmployerFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (mine, theirs) = (Representative with { Sealed = "" }, other.Representative with { Sealed = "" });
        return
        [
            .. Name == other.Name ? Array.Empty<string>() : ["name"],
            .. RegionCode == other.RegionCode ? Array.Empty<string>() : ["regionCode"],
            .. mine == theirs ? Array.Empty<string>() : ["representative"],
        ];
    }
}

/// <summary>By what an employer proves itself (art. 57).</summary>
public enum EmployerCredential
{
    /// <summary>A business licence (营业执照).</summary>
    BusinessLicence,

    /// <summary>A registration certificate (登记证书).</summary>
    RegistrationCertificate,

    /// <summary>The employer's seal (单位印章).</summary>
    OfficialSeal,
}
