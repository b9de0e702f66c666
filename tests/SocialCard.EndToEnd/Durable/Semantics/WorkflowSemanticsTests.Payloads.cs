using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that these tests register by name.

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Payloads of any size, on every way that one can take.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static void AddPayloads(DurableFunctions functions)
    {
        functions.AddOrchestrator("Large", async context =>
        {
            string input = context.GetInput<string>()!;
            string echo = await context.CallActivityAsync<string>("Echo", input);
            string child = await context.CallSubOrchestratorAsync<string>("LargeChild", input);
            context.SetCustomStatus("waiting");
            string raised = await context.WaitForExternalEvent<string>("Data");
            return input == echo && echo == child && child == raised ? raised : "different";
        });
        functions.AddOrchestrator("LargeChild", context => Task.FromResult<object?>(context.GetInput<string>()));
        functions.AddOrchestrator("LargeAnew", async context =>
        {
            (int round, string payload) = (context.GetInput<LargeRound>()!.Round, context.GetInput<LargeRound>()!.Payload);
            if (round == 0)
            {
                context.ContinueAsNew(new LargeRound(1, payload + await context.CallActivityAsync<string>("Echo", payload)));
                return null;
            }

            return payload;
        });
        functions.AddOrchestrator("LargeFailure", context => throw new InvalidDataException(context.GetInput<string>()));
        functions.AddOrchestrator(
            "LargeFailureParent", context => FailureOfChildAsync(context, "LargeFailure", Tell, context.GetInput<string>()));
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(1_200_000)]
    public async Task Payloads_of_any_size_come_whole_through_inputs_events_and_results(int length)
    {
        string payload = PayloadOf(length);
        string id = await StartAsync("Large", payload);
        await WhenAtAsync(id, "waiting");
        await Client.RaiseEventAsync(id, "Data", payload);
        OrchestrationMetadata end = await EndAsync(id);
        Assert.True(end.ReadOutputAs<string>() == payload && end.ReadInputAs<string>() == payload);
        Assert.Equal(1, (await Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
    }

    [Fact]
    public async Task A_large_payload_goes_along_into_the_next_execution()
    {
        string payload = PayloadOf(70_000);
        Assert.True((await RunAsync("LargeAnew", new LargeRound(0, payload))).ReadOutputAs<string>() == payload + payload);
    }

    [Fact]
    public async Task A_large_failure_is_told_whole_to_the_parent()
    {
        string payload = PayloadOf(70_000);
        Assert.True((await RunAsync("LargeFailureParent", payload)).ReadOutputAs<string>() == $"System.IO.InvalidDataException: {payload}");
    }

    private static string PayloadOf(int length) => string.Concat(Enumerable.Repeat(Mixed, 1 + (length / Mixed.Length)));

    private sealed record LargeRound(int Round, string Payload);
}
