using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using SocialCard.Cards;
using SocialCard.CivilEvents;
using SocialCard.Contributions;
using SocialCard.ElectronicCards;
using SocialCard.Employers;
using SocialCard.FamilyLinks;
using SocialCard.LossReports;
using SocialCard.Notices;
using SocialCard.Partners;
using SocialCard.Reissues;

namespace SocialCard;

/// <summary>Creates the tables, queues and containers that the application writes to, where they are missing.</summary>
public sealed class StorageSetup(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs) : IHostedService
{
    /// <summary>The tables of the application.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        Card.Table, CardStore.HoldersTable, RegistrationKeys.Table, PartnerStore.Table, InvalidCards.Table, Employer.Table, ContributionStore.Table,
        CivilEventStore.Table, ElectronicCard.Table, ElectronicCardPlaces.Table, FamilyLink.Table, FamilyLinkPlaces.Table,
    ];

    /// <summary>The queues that the application writes to; those it reads are made by their triggers.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Notice.Queue, Escalation.Queue, ProductionOrder.Queue, CivilEventMessage.Queue];

    /// <summary>The blob containers of the application.</summary>
    public static IReadOnlyList<string> Containers { get; } = [KinshipFiles.Container];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Tables.Select(table => tables.CreateTableIfNotExistsAsync(table, cancellationToken)),
        .. Queues.Select(queue => queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. Containers.Select(container => blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
