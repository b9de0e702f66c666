using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Activation;
using SocialCard.Cards;
using SocialCard.Families;
using SocialCard.Http;
using SocialCard.LossReports;
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
    /// Registers the application. The host brings a <see cref="TimeProvider"/>, a table client and a queue client (base64
    /// messages), and the settings that <see cref="HolderPepper"/>, <see cref="PartnerRateLimit"/> and
    /// <see cref="RegionPolicies"/> name.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    /// <exception cref="RegionsFileException">The regions or calendar file is not valid.</exception>
    public static IServiceCollection AddSocialCard(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var keys = configuration["Keys:Directory"] is { Length: > 0 } directory
            ? new DirectoryInfo(directory)
            : throw new InvalidOperationException("Set Keys:Directory: what is encrypted today must be readable tomorrow and on every instance.");
        services.AddDataProtection().SetApplicationName("SocialCard").PersistKeysToFileSystem(keys);
        services.Configure<JsonOptions>(options => SocialCardJson.Configure(options.SerializerOptions));
        return services
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
