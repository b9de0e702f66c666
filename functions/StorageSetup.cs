using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using SocialCard.Cards;
using SocialCard.CivilEvents;
using SocialCard.Contributions;
using SocialCard.Employers;
using SocialCard.LossReports;
using SocialCard.Notices;
using SocialCard.Partners;
using SocialCard.Reissues;

namespace SocialCard;

/// <summary>Creates the tables and queues that the application writes to, where they are missing.</summary>
public sealed class StorageSetup(TableServiceClient tables, QueueServiceClient queues) : IHostedService
{
    /// <summary>The tables of the application.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        Card.Table, CardStore.HoldersTable, RegistrationKeys.Table, PartnerStore.Table, InvalidCards.Table, Employer.Table, ContributionStore.Table,
        CivilEventStore.Table,
    ];

    /// <summary>The queues that the application writes to; those it reads are made by their triggers.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Notice.Queue, Escalation.Queue, ProductionOrder.Queue, CivilEventMessage.Queue];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Tables.Select(table => tables.CreateTableIfNotExistsAsync(table, cancellationToken)),
        .. Queues.Select(queue => queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
