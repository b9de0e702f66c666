using System.CommandLine;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using SocialCard.Functions.Reissues;

namespace SocialCard.Embedded.Simulation;

/// <summary>Plays the partners against a running service, so that their engineers see both sides of the line on one machine.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var api = new Option<Uri>("--api")
        {
            Description = "The service.",
            HelpName = "address",
            DefaultValueFactory = _ => new("http://127.0.0.1:7071/api/v1/"),
            CustomParser = argument =>
            {
                if (Uri.TryCreate(argument.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var address))
                {
                    return address;
                }

                argument.AddError("--api takes an address such as http://127.0.0.1:7071/api/v1.");
                return null;
            },
        };
        var bank =
            new Option<string>("--bank") { Description = "The partner bank.", HelpName = "id", DefaultValueFactory = _ => "bank-icbc" };
        var secret = new Option<string?>("--secret")
        {
            Description = "Its webhook secret; without it that of the sample data.",
            HelpName = "whsec_…",
        };
        var hurry = new Option<double>("--hurry")
        {
            Description = "Wait so many times shorter between deliveries.",
            HelpName = "factor",
            DefaultValueFactory = _ => 1,
        };
        var storage = new Option<string>("--storage")
        {
            Description =
                "Where the queues are: a connection string; without it the setting AzureWebJobsStorage, else the development storage.",
            HelpName = "connection",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("AzureWebJobsStorage") is { Length: > 0 } set ? set : "UseDevelopmentStorage=true",
        };
        var orders = new Option<int?>("--orders")
        {
            Description = "End after so many orders; without it the bank works until it is stopped.",
            HelpName = "n",
        };
        var type = new Argument<string>("type") { Description = "What happened, such as card.financial.activated." };
        var data = new Argument<string>("data") { Description = "The data as JSON, such as {\"cardNumber\":\"…\"}." };
        var queue = new Argument<string>("queue") { Description = "card-usages, contribution-records or civil-events." };
        var message = new Argument<string>("message") { Description = "The message as JSON." };

        var webhook = new Command(
            "webhook", "Signs an event as a bank does and posts it, again and again until it is taken, as Standard Webhooks says.")
        {
            type, data, api, bank, secret, hurry,
        };
        webhook.SetAction((parsed, stop) => PlayAsync(async () =>
        {
            using var sender = await SenderAsync(parsed, stop);
            return await sender.SendAsync(parsed.GetValue(type)!, JsonDocument.Parse(parsed.GetValue(data)!).RootElement, stop);
        }));

        var feed = new Command(
            "message", "Puts a message on a queue, as a hospital's gateway, the insurance core system or a registry does.")
        {
            queue, message, storage,
        };
        feed.SetAction((parsed, stop) => PlayAsync(async () =>
        {
            using var checkedMessage = JsonDocument.Parse(parsed.GetValue(message)!);
            await Queue(parsed.GetValue(storage)!, parsed.GetValue(queue)!).SendMessageAsync(checkedMessage.RootElement.GetRawText(), stop);
            Console.WriteLine($"→ {parsed.GetValue(queue)} {checkedMessage.RootElement.GetRawText()}");
            return true;
        }));

        var work = new Command(
            "bank", "Works as a bank: makes a card for each order on production-orders, once, and tells of it by webhook.")
        {
            api, bank, secret, hurry, storage, orders,
        };
        work.SetAction((parsed, stop) => PlayAsync(async () =>
        {
            using var sender = await SenderAsync(parsed, stop);
            var at = new BankAtWork(Queue(parsed.GetValue(storage)!, ProductionOrder.Queue), sender, parsed.GetValue(bank)!);
            return await at.RunAsync(parsed.GetValue(orders), stop);
        }));

        return new Command("simulate", "Play a partner against a running service.") { webhook, feed, work };

        async Task<WebhookSender> SenderAsync(ParseResult parsed, CancellationToken stop)
        {
            var id = parsed.GetValue(bank)!;
            return new(parsed.GetValue(api)!, id, parsed.GetValue(secret) ?? await SampleSecretAsync(id, stop), parsed.GetValue(hurry));
        }
    }

    private static async Task<int> PlayAsync(Func<Task<bool>> play)
    {
        try
        {
            return await play() ? 0 : 1;
        }
        catch (Exception fault) when (fault is HostStartException or JsonException or RequestFailedException)
        {
            await Console.Error.WriteLineAsync(ConsoleLine.Of(fault.Message));
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static QueueClient Queue(string connection, string name) =>
        new(connection, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <exception cref="HostStartException">There is no such bank in the sample data.</exception>
    private static async Task<string> SampleSecretAsync(string bankId, CancellationToken stop)
    {
        var partners = await SamplePartners.ReadAsync(Path.Combine(AppContext.BaseDirectory, "sample-data"), stop);
        return partners.FirstOrDefault(partner => partner.Id == bankId)?.WebhookSecret?.Value
            ?? throw new HostStartException($"The sample data has no bank '{bankId}'; give its --secret.");
    }
}
