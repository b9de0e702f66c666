using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.EndToEnd.Api;
using SocialCard.Functions.Api;
using Endpoint = SocialCard.Embedded.OpenApi.Endpoint;

namespace SocialCard.EndToEnd.Proofs;

/// <summary>Goes from command to command: without a proof each is refused and nothing changes, with it it is done.</summary>
/// <param name="live">The service.</param>
/// <param name="careful">The partner that has proofs.</param>
/// <param name="tryAsync">Asks the same without one.</param>
/// <param name="refusals">How that is refused.</param>
internal sealed class ProofWalk(
    LiveService live, Caller careful, Func<HttpMethod, string, object, Task<Answer>> tryAsync, params IReadOnlyList<string> refusals)
{
    private static readonly IReadOnlyList<Endpoint> Commands =
        [.. Endpoint.In(typeof(ApiRoute).Assembly).Where(endpoint => endpoint.IsCommand)];

    private readonly SortedSet<string> walked = new(StringComparer.Ordinal);

    /// <summary>As a partner that sees nobody, and says nothing of how people were verified.</summary>
    public static ProofWalk Unseen(LiveService live, Caller careful, Caller careless) => new(
        live,
        careful,
        (method, path, body) => careless.SendAsync(method, path, body, Guid.NewGuid().ToString("N")),
        "verification-missing");

    /// <summary>As a desk, to which somebody comes with another's document.</summary>
    public static ProofWalk AtTheDesk(LiveService live, Caller desk) => new(
        live,
        desk,
        (method, path, body) =>
        {
            var others = JsonSerializer.SerializeToNode(body, SocialCardJson.Options)!.AsObject();
            Assert.True(others.ContainsKey("idNumber"));
            others["idNumber"] = Cards.IdNumber();
            return desk.SendAsync(method, path, others, Guid.NewGuid().ToString("N"));
        },
        "holder-mismatch",
        "holder-not-found",
        "receiver-mismatch");

    /// <summary>The commands that it came by.</summary>
    public IEnumerable<string> Walked => walked;

    /// <summary>A command on a card or what is a card's.</summary>
    public Task<Answer> OnCardAsync(string number, string command, object body) =>
        NeededAsync($"cards/{number}/timeline?limit=500", HttpMethod.Post, $"cards/{number}/{command}", body);

    /// <summary>A command.</summary>
    /// <param name="seen">Where a change would show.</param>
    /// <param name="method">How it is called.</param>
    /// <param name="path">Where it is called.</param>
    /// <param name="body">What is asked.</param>
    /// <param name="unproven">The same with a proof that is none, where it has to carry one.</param>
    public async Task<Answer> NeededAsync(string seen, HttpMethod method, string path, object body, object? unproven = null)
    {
        await live.Service.SettleAsync();
        var before = (await live.Wuxi.GetAsync(seen)).Text;
        Assert.Contains((await tryAsync(method, path, unproven ?? body)).Code, refusals);
        Assert.Equal(before, (await live.Wuxi.GetAsync(seen)).Text);
        var done = await careful.SendAsync(method, path, body, Guid.NewGuid().ToString("N"));
        Assert.True((int)done.Status < 300, $"{path}: {done.Text}");
        walked.Add(NameOf(method, path));
        return done;
    }

    /// <summary>What is done with a proof that stands beside the command.</summary>
    public void Did(HttpMethod method, string path, Answer done)
    {
        Assert.True((int)done.Status < 300, $"{path}: {done.Text}");
        walked.Add(NameOf(method, path));
    }

    private static string NameOf(HttpMethod method, string path)
    {
        string[] parts = ["", .. path.Split('/')];
        return Commands.Where(command => HttpMethod.Parse(command.Verb) == method && Fits(command.Path.Split('/')))
            .Select(command => command.OperationId).Single();

        bool Fits(string[] named) => named.Length == parts.Length
            && named.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }
}
