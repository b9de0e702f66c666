using System.Net;
using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>A civil registry at work: what it sends, and how it learns that an event is carried out.</summary>
internal static class Registry
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The day on which the service is.</summary>
    public static async Task<DateOnly> TodayAsync(this LiveService live) => ChinaTime.DateOf(await live.Service.NowAsync());

    /// <summary>Puts an event on the queue as a gateway does, and gives its id.</summary>
    public static async Task<string> TellByQueueAsync(
        this LiveService live, string partner, string kind, string card, DateOnly on, string? toRegion = null, string? messageId = null)
    {
        messageId ??= Guid.NewGuid().ToString("N");
        var message = new Dictionary<string, object?>
        {
            ["messageId"] = messageId,
            ["partnerId"] = partner,
            ["kind"] = kind,
            ["cardNumber"] = card,
            ["occurredOn"] = on,
        };
        if (toRegion is not null)
        {
            message["toRegion"] = toRegion;
        }

        await live.QueueOf("civil-events")
            .SendMessageAsync(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(message, SocialCardJson.Options)));
        return messageId;
    }

    /// <summary>Waits until an event is carried out.</summary>
    public static async Task UntilDoneAsync(this Caller bureau, string eventId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await bureau.GetAsync($"civil-events/{eventId}"))["state"] != "done")
        {
            Assert.False(patience.IsCancellationRequested, $"Event {eventId} was not carried out.");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Tells of an event over HTTPS and waits until it is carried out.</summary>
    public static async Task TellAsync(this Caller bureau, object body)
    {
        var accepted = (await bureau.PostAsync("civil-events", body)).Expect(HttpStatusCode.Accepted);
        await bureau.UntilDoneAsync(accepted["eventId"]!);
    }
}
