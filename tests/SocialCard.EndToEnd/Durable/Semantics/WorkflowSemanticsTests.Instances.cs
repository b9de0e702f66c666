using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <content>Instances as their clients see them: ids, status, queries, termination, purge.</content>
public abstract partial class WorkflowSemanticsTests
{
    private static void AddInstances(DurableFunctions functions)
    {
        functions.AddOrchestrator("Quick", context => Task.FromResult<object?>(context.GetInput<object?>()));
        functions.AddOrchestrator("Reporting", async context =>
        {
            context.SetCustomStatus(new { stage = "first", 城市 = "无锡" });
            await context.WaitForExternalEvent<string>("Data");
            context.SetCustomStatus("second");
            await context.WaitForExternalEvent<string>("Data");
            return "done";
        });
        functions.AddOrchestrator("Versioned", context => Task.FromResult<object?>(context.Version));
    }

    [Fact]
    public async Task An_id_that_runs_is_refused_and_one_that_has_ended_starts_anew()
    {
        StartOrchestrationOptions one = new(NewId("one"));
        string id = await StartAsync("Wait", "first", one);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync("Wait", "second", one));
        await WhenAtAsync(id, "waiting");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync("Wait", "second", one));
        await Client.SuspendInstanceAsync(id);
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync("Wait", "second", one));
        await Client.ResumeInstanceAsync(id);
        await Client.RaiseEventAsync(id, "Data", "x");
        OrchestrationMetadata ended = await EndAsync(id);

        await StartAsync("Reporting", "third", one);
        OrchestrationMetadata anew =
            await WhenAsync(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Running && instance.Name == "Reporting");
        Assert.Equal(("\"first\"", "\"third\"", true), (ended.SerializedInput, anew.SerializedInput, anew.SerializedOutput is null));
        Assert.InRange(anew.CreatedAt, ended.CreatedAt.AddTicks(1), DateTimeOffset.MaxValue);
        await Client.TerminateInstanceAsync(id);
        await EndAsync(id);
    }

    [Fact]
    public async Task What_the_ended_one_left_does_not_reach_the_new_one_of_its_id()
    {
        StartOrchestrationOptions one = new(NewId("one"));
        string id = await StartAsync("Wait", null, one);
        await WhenAtAsync(id, "waiting");
        await Client.SuspendInstanceAsync(id);
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync(id, "Data", "taken");
        await Client.RaiseEventAsync(id, "Data", "left over");
        await Client.ResumeInstanceAsync(id);
        Assert.Equal("taken", (await EndAsync(id)).ReadOutputAs<string>());
        await StartAsync("Wait", null, one);
        await WhenAsync(id, OrchestrationRuntimeStatus.Running);
        await Client.RaiseEventAsync(id, "Data", "its own");
        Assert.Equal("its own", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_statuses_in_which_an_id_is_refused_can_be_named()
    {
        StartOrchestrationOptions kept = new StartOrchestrationOptions(NewId("kept")).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending,
            OrchestrationRuntimeStatus.Running,
            OrchestrationRuntimeStatus.Suspended,
            OrchestrationRuntimeStatus.Completed);
        await EndAsync(await StartAsync("Quick", 1, kept));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAsync("Quick", 2, kept));
        Assert.Equal("1", (await EndAsync(kept.InstanceId!)).SerializedOutput);
    }

    [Fact]
    public async Task The_custom_status_is_what_the_code_set_last_and_outlives_the_end()
    {
        string id = await StartAsync("Reporting");
        OrchestrationMetadata first = await WhenAsync(id, instance => instance.SerializedCustomStatus is { Length: > 0 });
        Assert.Equal("无锡", first.ReadCustomStatusAs<Dictionary<string, string>>()!["城市"]);
        await Client.RaiseEventAsync(id, "Data");
        await WhenAtAsync(id, "second");
        await Client.RaiseEventAsync(id, "Data");
        Assert.Equal("second", (await EndAsync(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task An_instance_keeps_its_version_and_its_tags()
    {
        StartOrchestrationOptions options =
            new(NewId("versioned")) { Version = "2.1", Tags = new Dictionary<string, string> { ["城市"] = "无锡" } };
        OrchestrationMetadata end = await EndAsync(await StartAsync("Versioned", null, options));
        Assert.Equal("2.1", end.ReadOutputAs<string>());
        Assert.Equal("无锡", end.Tags["城市"]);
    }

    [Fact]
    public async Task Terminating_ends_an_instance_with_the_output_that_was_given()
    {
        string id = await StartAsync("Wait");
        await WhenAtAsync(id, "waiting");
        await Client.TerminateInstanceAsync(id, "enough");
        OrchestrationMetadata end = await EndAsync(id);
        Assert.Equal(
            (OrchestrationRuntimeStatus.Terminated, "enough", true),
            (end.RuntimeStatus, end.ReadOutputAs<string>(), end.FailureDetails is null));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.TerminateInstanceAsync(id));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.RaiseEventAsync(id, "Data", "late"));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.TerminateInstanceAsync(NewId("nobody")));
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        string id = await StartAsync("Wait");
        await WhenAtAsync(id, "waiting");
        await Client.SuspendInstanceAsync(id);
        await WhenAsync(id, OrchestrationRuntimeStatus.Suspended);
        await Client.TerminateInstanceAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Only_what_has_ended_is_purged_and_then_its_id_is_free()
    {
        StartOrchestrationOptions one = new(NewId("purged"));
        string id = await StartAsync("Wait", "first", one);
        Assert.Equal(0, (await Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        await Client.RaiseEventAsync(id, "Data", "x");
        await EndAsync(id);
        Assert.Equal(1, (await Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Null(await Client.GetInstanceAsync(id));
        Assert.Equal(0, (await Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Client.RaiseEventAsync(id, "Data", "y"));

        await StartAsync("Quick", "again", one);
        Assert.Equal("again", (await EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_purge_by_filter_spares_what_runs_and_what_has_another_status()
    {
        string runs = await StartAsync("Wait");
        DateTimeOffset from = (await WhenAtAsync(runs, "waiting")).CreatedAt;
        string completed = (await RunAsync("Quick", 1)).InstanceId;
        string failed = (await RunAsync("Failing")).InstanceId;

        Assert.Equal(1, (await Client.PurgeAllInstancesAsync(new(from, null, [OrchestrationRuntimeStatus.Failed]))).PurgedInstanceCount);
        Assert.Equal([runs, completed], await ExistingAsync(runs, completed, failed));
        Assert.Equal(1, (await Client.PurgeAllInstancesAsync(new(from, null, null))).PurgedInstanceCount);
        Assert.Equal([runs], await ExistingAsync(runs, completed, failed));
        await Client.TerminateInstanceAsync(runs);
        await EndAsync(runs);

        async Task<IEnumerable<string>> ExistingAsync(params string[] ids) =>
            (await Task.WhenAll(ids.Select(id => Client.GetInstanceAsync(id)))).OfType<OrchestrationMetadata>().Select(
                instance => instance.InstanceId);
    }

    [Fact]
    public async Task Instances_are_found_by_status_time_and_prefix_in_pages()
    {
        string group = NewId("list");
        string failed = await StartAsync("Failing", null, new($"{group}/failed"));
        DateTimeOffset created = (await EndAsync(failed)).CreatedAt;
        for (int number = 0; number < 12; number++)
        {
            await StartAsync("Wait", number, new($"{group}-{number}"));
        }

        for (int number = 0; number < 12; number++)
        {
            await WhenAtAsync($"{group}-{number}", "waiting");
        }

        List<OrchestrationMetadata> running = await ListAsync(
            new(Statuses: [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: group, PageSize: 5));
        Assert.Equal(12, running.Count);
        Assert.All(running, instance => Assert.Equal((null, null), (instance.SerializedInput, instance.SerializedCustomStatus)));
        Assert.Equal(
            3,
            (await ListAsync(new(InstanceIdPrefix: $"{group}-1", FetchInputsAndOutputs: true)))
                .Count(instance => instance.ReadCustomStatusAs<string>() == "waiting"));
        OrchestrationMetadata found = Assert.Single(await ListAsync(new(InstanceIdPrefix: $"{group}/")));
        Assert.Equal((failed, OrchestrationRuntimeStatus.Failed), (found.InstanceId, found.RuntimeStatus));
        Assert.Equal(12, (await ListAsync(new(CreatedFrom: created.AddMilliseconds(1), InstanceIdPrefix: group))).Count);
        Assert.Single(await ListAsync(new(CreatedTo: created, InstanceIdPrefix: group)));
        Assert.Empty(await ListAsync(new(Statuses: [OrchestrationRuntimeStatus.Terminated], InstanceIdPrefix: group)));

        OrchestrationMetadata[] all = [.. running];
        await Task.WhenAll(all.Select(instance => Client.TerminateInstanceAsync(instance.InstanceId)));
        await Task.WhenAll(all.Select(instance => EndAsync(instance.InstanceId)));
    }

    [Fact]
    public async Task An_ended_instance_can_be_restarted_with_its_input()
    {
        string id = await StartAsync("Quick", "input");
        await EndAsync(id);
        string other = await Client.RestartAsync(id, restartWithNewInstanceId: true);
        Assert.NotEqual(id, other);
        Assert.Equal("input", (await EndAsync(other)).ReadOutputAs<string>());
        Assert.Equal(id, await Client.RestartAsync(id));
        Assert.Equal("input", (await EndAsync(id)).ReadOutputAs<string>());
    }
}
