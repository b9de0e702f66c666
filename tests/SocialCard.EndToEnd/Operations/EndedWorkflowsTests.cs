using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.EndToEnd.Host;
using SocialCard.Functions.Operations;

namespace SocialCard.EndToEnd.Operations;

[Collection(AzuriteFixture.Collection)]
public sealed class EndedWorkflowsTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task What_ended_thirty_days_ago_is_removed_whenever_it_began_and_what_runs_stays()
    {
        await using var host = await SampleHost.StartAsync(
            fixture.Azurite.ConnectionString, [typeof(EndedWorkflows), typeof(Workflow)], virtualClock: true);
        foreach (var (id, days) in new[] { ("short", 0), ("long", 20), ("open", 200), ("failed", -1) })
        {
            await host.GetJsonAsync($"api/start/{id}/{days}");
        }

        await host.MoveClockAsync(new { advanceDays = 29 });
        Assert.Equal("failed,long,open,short", await KnownAsync(host));

        await host.MoveClockAsync(new { advanceDays = 3 });
        Assert.Equal("long,open", await KnownAsync(host));

        await host.MoveClockAsync(new { advanceDays = 20 });
        Assert.Equal("open", await KnownAsync(host));

        // Its id is free again.
        await host.GetJsonAsync("api/start/short/0");
        Assert.Equal("open,short", await KnownAsync(host));
    }

    private static async Task<string?> KnownAsync(SampleHost host) => (await host.GetJsonAsync("api/known")).GetString();

    public sealed class Workflow(DurableTaskClient workflows)
    {
        [Function("Wait")]
        public static async Task WaitAsync([OrchestrationTrigger] TaskOrchestrationContext context, int days)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(days);
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(days), CancellationToken.None);
        }

        [Function("Start")]
        public async Task<IResult> StartAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "start/{id}/{days}")] HttpRequest request,
            string id,
            int days,
            CancellationToken cancellation)
        {
            Assert.NotNull(request);
            await workflows.ScheduleNewOrchestrationInstanceAsync("Wait", days, new StartOrchestrationOptions(id), cancellation);
            await workflows.WaitForInstanceStartAsync(id, cancellation);
            return TypedResults.Ok(id);
        }

        [Function("Known")]
        public async Task<IResult> KnownAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "known")] HttpRequest request,
            CancellationToken cancellation)
        {
            Assert.NotNull(request);
            var known = await workflows.GetAllInstancesAsync().Select(workflow => workflow.InstanceId).ToListAsync(cancellation);
            return TypedResults.Ok(string.Join(',', known.Order(StringComparer.Ordinal)));
        }
    }
}
