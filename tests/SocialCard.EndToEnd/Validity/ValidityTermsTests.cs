using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Validity;

namespace SocialCard.EndToEnd.Validity;

/// <summary>Ten years of a card are a row, until its month comes near.</summary>
public sealed class ValidityTermsTests
{
    [Fact]
    public async Task A_row_waits_for_ten_years_and_its_workflow_for_weeks_whoever_dies_when_it_starts()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var service = await Service.StartOnAsync(azurite.ConnectionString);
        var wuxi = new Caller(service, "local-bureau-wuxi-key");
        var rows = new TableClient(azurite.ConnectionString, ValidityTerms.Table);
        var (number, _) = await Cards.RegisteredAsync(wuxi, "320200");
        Assert.Empty(await KeysAsync());

        (await wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);

        var validity = (await wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK).Body!["validity"]!;
        var opens = DateOnly.ParseExact((string)validity["renewableFrom"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var month = opens.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        Assert.Equal([(month, number)], await KeysAsync());

        await service.AdvanceToAsync(ChinaTime.StartOf(opens.AddDays(-100)));
        Assert.Equal([(month, number)], await KeysAsync());

        await service.AdvanceToAsync(ChinaTime.StartOf(opens.AddDays(-25)));
        Assert.Empty(await KeysAsync());

        // As if the process had died after the start.
        await service.KillAsync();
        await rows.UpsertEntityAsync(new TableEntity(month, number) { ["Life"] = 0 });
        await service.RestartAsync();
        await service.AdvanceToAsync(ChinaTime.StartOf(opens.AddDays(-20)));
        Assert.Empty(await KeysAsync());
        Assert.Equal(0, await RemindersAsync());

        await service.AdvanceToAsync(ChinaTime.StartOf(opens.AddDays(1)));
        Assert.Equal(1, await RemindersAsync());

        async Task<IReadOnlyList<(string Month, string Card)>> KeysAsync() =>
            [.. await rows.QueryAsync<TableEntity>().Select(row => (row.PartitionKey, row.RowKey)).ToListAsync()];

        async Task<int> RemindersAsync() =>
            (await wuxi.TimelineAsync(number)).Count(line => (string)line["type"]! == "validityReminded");
    }
}
