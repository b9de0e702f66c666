using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Reissues;

namespace SocialCard.Embedded.Simulation;

/// <summary>A bank that makes cards: takes its orders from the queue, makes one card for each, and tells of it.</summary>
internal sealed class BankAtWork(QueueClient orders, WebhookSender webhooks, string bankId)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> made = [];

    /// <summary>Works until it has made as many cards as it shall, or is stopped; false if the service refused a card.</summary>
    public async Task<bool> RunAsync(int? most, CancellationToken stop)
    {
        Console.WriteLine($"{bankId} waits for orders.");
        while (most is null || made.Count < most)
        {
            QueueMessage[] messages = await orders.ReceiveMessagesAsync(1, TimeSpan.FromMinutes(5), stop);
            if (messages is not [var message])
            {
                await Task.Delay(Pause, stop);
                continue;
            }

            var order = JsonSerializer.Deserialize<ProductionOrder>(message.Body, SocialCardJson.Options)!;
            if (order.BankId != bankId)
            {
                // Another bank's: it stays for it.
                await orders.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.FromSeconds(1), stop);
                continue;
            }

            Console.WriteLine($"order {order.OrderId} for a new card in place of {order.CardNumber.Masked}");
            if (made.Add(order.OrderId))
            {
                var number = "S" + Random.Shared.Next(100_000_000).ToString("D8", System.Globalization.CultureInfo.InvariantCulture);
                if (!await webhooks.SendAsync(
                    "card.produced", JsonSerializer.SerializeToElement(new { reissueId = order.ReissueId, newCardNumber = number }), stop))
                {
                    return false;
                }
            }

            await orders.DeleteMessageAsync(message.MessageId, message.PopReceipt, stop);
        }

        return true;
    }
}
