using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Activation;
using SocialCard.Cards;
using SocialCard.CivilEvents;
using SocialCard.Contributions;
using SocialCard.ElectronicCards;
using SocialCard.Employers;
using SocialCard.Families;
using SocialCard.FamilyLinks;
using SocialCard.Http;
using SocialCard.LossReports;
using SocialCard.Observability;
using SocialCard.Partners;
using SocialCard.Passwords;
using SocialCard.Regions;
using SocialCard.Reissues;
using SocialCard.TemporaryCards;

namespace SocialCard;

/// <summary>What the functions are made of; both runtimes register it.</summary>
public static class SocialCardServices
{
    /// <summary>
    /// Registers the application. The host brings a <see cref="TimeProvider"/>, clients of tables, queues (base64 messages)
    /// and blobs, a place for the keys of Data Protection that outlives it and is every instance's, and the settings that
    /// <see cref="HolderPepper"/>, <see cref="PartnerRateLimit"/> and <see cref="RegionPolicies"/> name.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    /// <exception cref="RegionsFileException">The regions or calendar file is not valid.</exception>
    public static IServiceCollection AddSocialCard(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddDataProtection().SetApplicationName("SocialCard");

        // Each call reads no more than it takes and answers 413; the server's own limit would break the connection in place of the answer.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        services.Configure<JsonOptions>(options => SocialCardJson.Configure(options.SerializerOptions));
        return services
            .AddSocialCardTelemetry(configuration)
            .AddRegions(configuration)
            .AddSingleton(new HolderPepper(configuration))
            .AddSingleton(new RequestKey(configuration))
            .AddSingleton(new PasswordKey(configuration))
            .AddSingleton<PasswordVerifier>()
            .AddSingleton<PasswordCheckLimit>()
            .AddSingleton<HolderProtection>()
            .AddSingleton<PartnerStore>()
            .AddSingleton<PartnerDirectory>()
            .AddSingleton<PartnerRateLimit>()
            .AddSingleton<ApiGate>()
            .AddSingleton<CardStore>()
            .AddSingleton<Ledger>(services => services.GetRequiredService<CardStore>())
            .AddSingleton<Ledger<Employer>>()
            .AddSingleton<Ledger>(services => services.GetRequiredService<Ledger<Employer>>())
            .AddSingleton<Desk<Employer>>()
            .AddSingleton<IReaction<Employer>, EmployerReaction>()
            .AddSingleton<Ledger<ElectronicCard>>()
            .AddSingleton<Ledger>(services => services.GetRequiredService<Ledger<ElectronicCard>>())
            .AddSingleton<Desk<ElectronicCard>>()
            .AddSingleton<IReaction<ElectronicCard>, ElectronicCardReaction>()
            .AddSingleton<ElectronicCardPlaces>()
            .AddSingleton<CommitmentLetters>()
            .AddSingleton<KinshipFiles>()
            .AddSingleton<Vouchers>()
            .AddSingleton<ICivilEventFollower, ElectronicCardFollower>()
            .AddSingleton<Ledger<FamilyLink>>()
            .AddSingleton<Ledger>(services => services.GetRequiredService<Ledger<FamilyLink>>())
            .AddSingleton<Desk<FamilyLink>>()
            .AddSingleton<FamilyLinkPlaces>()
            .AddSingleton<ICivilEventFollower, FamilyLinkFollower>()
            .AddSingleton<ContributionStore>()
            .AddSingleton<RegistrationKeys>()
            .AddSingleton<Outbox>()
            .AddSingleton<CardDesk>()
            .AddSingleton<InvalidCards>()
            // First, so that nobody is told of a suspension before the list shows it.
            .AddSingleton<IReaction<Card>, InvalidCardReaction>()
            .AddSingleton<IReaction<Card>, ActivationReaction>()
            .AddSingleton<IReaction<Card>, PasswordReaction>()
            .AddSingleton<IReaction<Card>, ReissueReaction>()
            .AddSingleton<IReaction<Card>, TemporaryCardReaction>()
            .AddSingleton<IReaction<Card>, LossReportReaction>()
            .AddSingleton<IReaction<Card>, HolderReaction>()
            .AddSingleton<CivilEventStore>()
            .AddSingleton<CivilEventDesk>()
            .AddSingleton<ICivilEventFollower, FamilyFollower>()
            .AddSingleton<ICivilEventFollower, ContributionFollower>()
            .AddSingleton<IReaction<Card>, FamilyReaction>()
            .AddSingleton<FamilyDesk>()
            .AddSingleton<IBankEventReader, FinancialActivatedReader>()
            .AddSingleton<IBankEventReader, DeliveredReader>()
            .AddSingleton<IBankEventReader, FinancialPasswordChangedReader>()
            .AddSingleton<IBankEventReader, LossReportedReader>()
            .AddSingleton<IBankEventReader, LossReleasedReader>()
            .AddSingleton<IBankEventReader, FeePaidReader>()
            .AddSingleton<IBankEventReader, ProducedReader>()
            .AddSingleton<IBankEventReader, ProductionFailedReader>()
            .AddHostedService<StorageSetup>();
    }
}
