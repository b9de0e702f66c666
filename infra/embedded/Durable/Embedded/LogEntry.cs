using System.Runtime.CompilerServices;
using DurableTask.Core;
using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>One line of an instance's log: a character that says what it is, and text without line breaks.</summary>
internal abstract record LogEntry
{
    public abstract string Write();

    public static LogEntry Read(string line) => line[0] switch
    {
        'h' => new Happened(HistoryText.Read<HistoryEvent>(line[1..])),
        '+' => new ToDo(line[1..33], HistoryText.Read<TaskMessage>(line[33..])),
        '-' => new Done(line[1..]),
        '=' => new Seen(line[1..]),
        '~' => new StatusSet(line[1..]),
        _ => throw new FormatException("The log of an instance has a line of an unknown kind."),
    };
}

/// <summary>An event of the history, as the framework made it.</summary>
internal sealed record Happened(HistoryEvent Event) : LogEntry
{
    public override string Write() => 'h' + HistoryText.Write(Event);
}

/// <summary>An activity to be run or a message to be delivered; the key has 32 characters.</summary>
internal sealed record ToDo(string Key, TaskMessage Message) : LogEntry
{
    public override string Write() => '+' + Key + HistoryText.Write(Message);
}

/// <summary>What has come to its end of what was to be done.</summary>
internal sealed record Done(string Key) : LogEntry
{
    public override string Write() => '-' + Key;
}

/// <summary>The key of a message that another instance sent, so that a repeated delivery is recognised.</summary>
internal sealed record Seen(string Key) : LogEntry
{
    public override string Write() => '=' + Key;
}

/// <summary>The custom status that the code has set, as JSON text.</summary>
internal sealed record StatusSet(string Status) : LogEntry
{
    public override string Write() => '~' + Status;
}

/// <summary>The framework's own text of its events: the one that its clients give as an instance's history.</summary>
internal static class HistoryText
{
    private static readonly JsonSerializer Json = JsonSerializer.Create(new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
        DateParseHandling = DateParseHandling.None,
        Converters = { new EventConverter() },
    });

    public static string Write(object value)
    {
        using StringWriter text = new();
        Json.Serialize(text, value);
        return text.ToString();
    }

    public static T Read<T>(string text)
    {
        using JsonTextReader reader = new(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return Json.Deserialize<T>(reader) ?? throw new FormatException("An event of a history is null.");
    }

    /// <summary>The class of an event is named by its type.</summary>
    private sealed class EventConverter : JsonConverter<HistoryEvent>
    {
        private static readonly Dictionary<string, Type> Types = HistoryEvent.KnownTypes().ToDictionary(type => type.Name);

        public override bool CanWrite => false;

        public override void WriteJson(JsonWriter writer, HistoryEvent? value, JsonSerializer serializer) => throw new NotSupportedException();

        public override HistoryEvent ReadJson(
            JsonReader reader, Type objectType, HistoryEvent? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            JObject json = JObject.Load(reader);
            string name = json["EventType"]!.ToObject<EventType>().ToString();
            object made = RuntimeHelpers.GetUninitializedObject(Types[name + "Event"]);
            using JsonReader content = json.CreateReader();
            serializer.Populate(content, made);
            return (HistoryEvent)made;
        }
    }
}
