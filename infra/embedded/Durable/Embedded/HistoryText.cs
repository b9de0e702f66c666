using System.Runtime.CompilerServices;
using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>The framework's own text of its events: the one that its clients give as an instance's history.</summary>
internal static class HistoryText
{
    private static readonly JsonSerializer Json = JsonSerializer.Create(new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
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
    private sealed class EventConverter : CustomCreationConverter<HistoryEvent>
    {
        private static readonly Dictionary<string, Type> Types = HistoryEvent.KnownTypes().ToDictionary(type => type.Name);

        public override HistoryEvent Create(Type objectType) => throw new NotSupportedException("An event is made by its type.");

        public override object ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        {
            JObject json = JObject.Load(reader);
            object made = RuntimeHelpers.GetUninitializedObject(Types[json["EventType"]!.ToObject<EventType>() + "Event"]);
            using JsonReader content = json.CreateReader();
            serializer.Populate(content, made);
            return made;
        }
    }
}
