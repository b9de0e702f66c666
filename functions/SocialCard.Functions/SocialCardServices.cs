using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Domain.BankSuccessions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Operations;
using SocialCard.Functions.Activation;
using SocialCard.Functions.BankSuccessions;
using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.Contributions;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Employers;
using SocialCard.Functions.Escalations;
using SocialCard.Functions.FamilyLinks;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Inquiries;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Migration;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Operations;
using SocialCard.Functions.Partners;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.Rules;
using SocialCard.Functions.Statistics;
using SocialCard.Functions.TemporaryCards;
using SocialCard.Functions.Validity;
using SocialCard.Functions.Verifications;
using SocialCard.Functions.Waits;
using SocialCard.Functions.Webhooks;
using SocialCard.Functions.WorkItems;

namespace SocialCard.Functions;

/// <summary>What the functions are made of; both runtimes register it.</summary>
public static class SocialCardServices
{
    /// <summary>
    /// Registers the application. The host brings a <see cref="TimeProvider"/>, clients of tables, queues (base64 messages),
    /// blobs and workflows (see <see cref="WorkflowClient"/>), a place for the keys of Data Protection that outlives it and is every
    /// instance's, and the settings that <see cref="HolderPepper"/>, <see cref="PartnerRateLimit"/> and
    /// <see cref="RegionPolicies"/> name.
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
            .AddSingleton<PersonProtection>()
            .AddSingleton<ActivationRules>()
            .AddSingleton<PartnerRepository>()
            .AddSingleton<PartnerDirectory>()
            .AddSingleton<SignedIn>()
            .AddSingleton<PartnerRateLimit>()
            .AddSingleton<UnknownParts>()
            .AddSingleton<ApiGate>()
            .AddSingleton(typeof(CommandExecutor<>))
            .AddSingleton(typeof(Api<>))
            .AddSingleton<PlainApi>()
            .AddSingleton<CardRepository>()
            .AddSingleton<AggregateRepository<Card>>(services => services.GetRequiredService<CardRepository>())
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<CardRepository>())
            // Before those who tell anybody, so that nobody is told of what the list does not show yet.
            .AddSingleton<WorkItemList>()
            .AddWorkItems<Card, CardWorkItems>()
            .AddWorkItems<Holder, HolderWorkItems>()
            .AddWorkItems<Employer, EmployerWorkItems>()
            .AddWorkItems<ElectronicCard, ElectronicCardWorkItems>()
            .AddSingleton<AggregateRepository<EscalationCase>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<EscalationCase>>())
            .AddSingleton<EscalationCases>()
            .AddSingleton<IMessageFollower>(services => services.GetRequiredService<EscalationCases>())
            .AddSingleton<IProjection>(services => services.GetRequiredService<EscalationCases>())
            .AddSingleton<EscalationList>()
            .AddSingleton<IStanding<EscalationCase>>(services => services.GetRequiredService<EscalationList>())
            .AddSingleton<IProjection>(services => services.GetRequiredService<EscalationList>())
            .AddLater<CommandExecutor<EscalationCase>>()
            .AddSingleton<StatisticsFacts>()
            .AddSingleton<IProjection>(services => services.GetRequiredService<StatisticsFacts>())
            .AddSingleton<DailyStatistics>()
            .AddSingleton<IEventHandler<Card>, StatisticsHandler>()
            .AddSingleton<WaitList>()
            .AddSingleton<WorkflowInstances>()
            .AddWaits<Card, CardWaits>()
            .AddWaits<Employer, EmployerWaits>()
            .AddWaits<ElectronicCard, ElectronicCardWaits>()
            .AddWaits<SuccessionRegister, SuccessionWaits>()
            .AddSingleton<AggregateRepository<Employer>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<Employer>>())
            .AddSingleton<IEventHandler<Employer>, EmployerHandler>()
            .AddSingleton<ICommittedHandler<Employer>, EmployerMetrics>()
            .AddSingleton<AggregateRepository<ElectronicCard>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<ElectronicCard>>())
            .AddSingleton<IEventHandler<ElectronicCard>, ElectronicCardHandler>()
            .AddSingleton<ICommittedHandler<ElectronicCard>, ElectronicCardMetrics>()
            .AddSingleton<ElectronicCardReservations>()
            .AddSingleton<PhysicalCards>()
            .AddSingleton<CommitmentLetters>()
            .AddSingleton<KinshipFiles>()
            .AddSingleton<Vouchers>()
            .AddSingleton<ElectronicCardCivilEventHandler>()
            .AddSingleton<ICivilEventHandler>(services => services.GetRequiredService<ElectronicCardCivilEventHandler>())
            .AddSingleton<AggregateRepository<FamilyLink>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<FamilyLink>>())
            .AddSingleton<FamilyLinkReservations>()
            .AddSingleton<FamilyLinkOpening>()
            .AddSingleton<FamilyLinkCivilEventHandler>()
            .AddSingleton<ICivilEventHandler>(services => services.GetRequiredService<FamilyLinkCivilEventHandler>())
            .AddSingleton<ContributionRepository>()
            .AddSingleton<VerificationHistory>()
            .AddSingleton<InquiredPeople>()
            .AddSingleton<InquiryAnswers>()
            .AddSingleton<IDocumentMatch>(services => services.GetRequiredService<PersonProtection>())
            .AddSingleton<IQueryPasswordMatch, QueryPasswordMatch>()
            .AddSingleton<ProofCheck>()
            .AddSingleton<OperationKeys>()
            .AddSingleton<AggregateRepository<PoisonQueue>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<PoisonQueue>>())
            .AddSingleton<IEventHandler<PoisonQueue>, PoisonQueueHandler>()
            .AddSingleton<PoisonMessages>()
            .AddSingleton<IProjection>(services => services.GetRequiredService<PoisonMessages>())
            .AddSingleton<WorkflowClient>()
            .AddSingleton<Outbox>()
            .AddSingleton<InvalidCardList>()
            .AddSingleton<InvalidCardLookup>()
            .AddSingleton<IProjection>(services => services.GetRequiredService<InvalidCardList>())
            .AddSingleton<ICommittedHandler<Card>, CardMetrics>()
            .AddSingleton<ICommittedHandler<Card>, VerificationMetrics>()
            // Likewise, so that nobody is told of a suspension before the list shows it.
            .AddSingleton<IEventHandler<Card>, InvalidCardHandler>()
            .AddSingleton<IEventHandler<Card>, ActivationHandler>()
            .AddSingleton<IEventHandler<Card>, PasswordHandler>()
            .AddSingleton<IEventHandler<Card>, BankEventHandler>()
            .AddSingleton<IEventHandler<Card>, ReissueHandler>()
            .AddSingleton<IEventHandler<Card>, TemporaryCardHandler>()
            .AddSingleton<ValidityTerms>()
            .AddSingleton<IProjection>(services => services.GetRequiredService<ValidityTerms>())
            .AddSingleton<IEventHandler<Card>, ValidityHandler>()
            .AddSingleton<IEventHandler<Card>, LossReportHandler>()
            .AddSingleton<IEventHandler<Card>, HolderDataHandler>()
            .AddSingleton<IEventHandler<Card>, HolderCardHandler>()
            .AddSingleton<IEventHandler<Card>, SiblingCardsHandler>()
            .AddSingleton<HolderRepository>()
            .AddSingleton<AggregateRepository<Holder>>(services => services.GetRequiredService<HolderRepository>())
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<HolderRepository>())
            .AddSingleton<IEventHandler<Holder>, HolderHandler>()
            .AddSingleton<HolderDirectory>()
            .AddSingleton<HolderCards>()
            .AddSingleton<HolderTimeline>()
            .AddSingleton<IProjection, HolderFollower>()
            .AddSingleton<IProjection, SiblingCards>()
            .AddSingleton<IProjection, ReferralUses>()
            .AddSingleton<IProjection, HolderBanks>()
            .AddSingleton<AggregateRepository<SuccessionRegister>>()
            .AddSingleton<AggregateRepository>(services => services.GetRequiredService<AggregateRepository<SuccessionRegister>>())
            .AddSingleton<IEventHandler<SuccessionRegister>, BankSuccessionHandler>()
            .AddSingleton<CardsOfBank>()
            .AddSingleton<PartnerBanks>()
            .AddLater<IEnumerable<IProjection>>()
            .AddLater<CommandExecutor<Card>>()
            .AddLater<CommandExecutor<Holder>>()
            .AddSingleton<LostCards>()
            .AddSingleton<CivilEventRepository>()
            .AddSingleton<CivilEventProcess>()
            .AddSingleton<CivilEventReports>()
            .AddSingleton<ICivilEventHandler, FamilyCivilEventHandler>()
            .AddSingleton<IEventHandler<Card>, FamilyHandler>()
            .AddSingleton<FamilyAdmission>()
            .AddSingleton<FamilyCandidates>()
            .AddSingleton<FamilySuccession>()
            .AddSingleton<QueryPasswordSuccession>()
            .AddSingleton<NewCards>()
            .AddSingleton<WebhookLog>()
            .AddSingleton<BankEventIntake>()
            .AddSingleton<BankWebhooks>()
            .AddSingleton<IBankEventReader, FinancialActivatedReader>()
            .AddSingleton<IBankEventReader, DeliveredReader>()
            .AddSingleton<IBankEventReader, FinancialPasswordChangedReader>()
            .AddSingleton<IBankEventReader, LossReportedReader>()
            .AddSingleton<IBankEventReader, LossReleasedReader>()
            .AddSingleton<IBankEventReader, FeePaidReader>()
            .AddSingleton<IBankEventReader, ProducedReader>()
            .AddSingleton<IBankEventReader, ProductionFailedReader>()
            .AddSingleton<PersonMigration>()
            .AddSingleton<TermMigration>()
            .AddHostedService<StorageSetup>()
            .AddHostedService<HolderMigration>();
    }

    // What a change brings about changes others, by the same means.
    private static IServiceCollection AddLater<T>(this IServiceCollection services)
        where T : class => services.AddSingleton(provider => new Lazy<T>(provider.GetRequiredService<T>));
}
