using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using SocialCard.Domain.BankSuccessions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Operations;
using SocialCard.Functions.Activation;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.Contributions;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Escalations;
using SocialCard.Functions.FamilyLinks;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Partners;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.Statistics;
using SocialCard.Functions.Validity;
using SocialCard.Functions.Waits;
using SocialCard.Functions.Webhooks;
using SocialCard.Functions.WorkItems;

namespace SocialCard.Functions;

/// <summary>Creates the tables, queues and containers that the application uses, where they are missing.</summary>
public sealed class StorageSetup(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs) : IHostedService
{
    /// <summary>The tables of the application.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        Card.Table,
        Holder.Table,
        OperationKeys.Table,
        PartnerRepository.Table,
        InvalidCardList.Table,
        WorkItemList.Table,
        Employer.Table,
        ContributionRepository.Table,
        SuccessionRegister.Table,
        CivilEventRepository.Table, ElectronicCard.Table, ElectronicCardReservations.Table, FamilyLink.Table, FamilyLinkReservations.Table,
        PoisonQueue.Table, WaitList.Table, WebhookLog.Table, EscalationCase.Table, EscalationList.Table,
        StatisticsFacts.Table, DailyStatistics.Table,
        ValidityTerms.Table,
    ];

    /// <summary>
    /// The queues of the application, those that trigger a function too: a trigger of the Functions host waits for a queue and makes none.
    /// A poison queue is made for its first message.
    /// </summary>
    public static IReadOnlyList<string> Queues { get; } =
    [
        Notice.Queue, Escalation.Queue, ProductionOrder.Queue, CivilEventMessage.Queue, CardUsageTrigger.Queue, ContributionTrigger.Queue,
    ];

    /// <summary>The blob containers of the application.</summary>
    public static IReadOnlyList<string> Containers { get; } = [KinshipFiles.Container];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Tables.Select(table => tables.CreateTableIfNotExistsAsync(table, cancellationToken)),
        .. Queues.Select(queue => queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. Containers.Select(
            container => blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
