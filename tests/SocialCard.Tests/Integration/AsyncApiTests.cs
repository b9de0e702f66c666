using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Contributions;
using SocialCard.Embedded.OpenApi;
using SocialCard.Functions;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Api;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Employers;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Reissues;

namespace SocialCard.Tests.Integration;

/// <summary>The description of the queues and the code say the same.</summary>
public sealed class AsyncApiTests
{
    private static readonly JsonNode Document = Yaml.Described(InterfaceDescriptions.AsyncApi);

    private static readonly Type[] Incoming = [typeof(CardUsage), typeof(ContributionRecord), typeof(CivilEventMessage)];

    private static readonly Type[] OutboxMessage =
        [
            typeof(Notice),
            typeof(ProductionOrder),
            typeof(Escalation),
            typeof(EmployerReviewEscalation),
            typeof(ElectronicCardReviewEscalation),
            typeof(EmployerDeadlineEscalation),
            typeof(SecondCardEscalation)
        ];

    [Fact]
    public void Every_queue_is_described_with_who_reads_it()
    {
        var read = typeof(InterfaceDescriptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .SelectMany(parameter => parameter.GetCustomAttributes<QueueTriggerAttribute>()).Select(trigger => trigger.QueueName).ToList();
        var expected = read.Select(queue => $"receive {queue}").Concat(StorageSetup.Queues.Except(read).Select(queue => $"send {queue}"));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Document["operations"]!.AsObject().Select(operation =>
                $"{operation.Value!["action"]} {((string)operation.Value["channel"]!["$ref"]!).Split('/').Last()}")
                    .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_of_a_message_is_described_with_its_form()
    {
        var expected = Incoming.Select(type => (Type: type, Side: JsonSide.Incoming))
            .Concat(OutboxMessage.Select(type => (Type: type, Side: JsonSide.Message)))
            .SelectMany(message => JsonSchemas.MentionedBy(message.Type)
                .Select(type => Nullable.GetUnderlyingType(type) ?? type).Select(type => (Type: type, message.Side)).Append(message))
            .DistinctBy(schema => schema.Type)
            .ToDictionary(schema => JsonSchemas.NameOf(schema.Type), schema => JsonSchemas.Of(schema.Type, schema.Side).ToJsonString());
        var described = Document["components"]!["schemas"]!.AsObject();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), described.Select(schema => schema.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, schema => Assert.Equal(schema.Value, OpenApiTests.Bare(described[schema.Key]!).ToJsonString()));
    }

    [Fact]
    public void Every_message_of_a_queue_is_described()
    {
        var names = Document["channels"]!.AsObject()
            .SelectMany(channel => channel.Value!["messages"]!.AsObject().Select(message => message.Key));
        Assert.Equal(
            Incoming.Concat(OutboxMessage).Select(type => type.Name).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }
}
