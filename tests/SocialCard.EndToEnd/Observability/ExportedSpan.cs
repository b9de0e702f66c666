using System.Text;

namespace SocialCard.EndToEnd.Observability;

/// <summary>A span as OTLP carries it, by the numbers of its protobuf fields.</summary>
internal sealed record ExportedSpan(
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    string Scope,
    ulong Start,
    IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    public static IEnumerable<ExportedSpan> ReadAll(byte[] request)
    {
        foreach (var resource in Messages(request, 1))
        {
            foreach (var scope in Messages(resource, 2))
            {
                var name = Messages(scope, 1).Select(one => Text(one, 1)).FirstOrDefault("");
                foreach (var span in Messages(scope, 2))
                {
                    yield return new(
                        Id(span, 1),
                        Id(span, 2),
                        Id(span, 4),
                        Text(span, 5),
                        name,
                        Fixed(span, 7),
                        [.. Messages(span, 13).Select(link => (Id(link, 1), Id(link, 2)))]);
                }
            }
        }
    }

    private static IEnumerable<byte[]> Messages(byte[] message, int number) =>
        Fields(message).Where(field => field.Number == number).Select(field => field.Content);

    private static string Text(byte[] message, int number) => Encoding.UTF8.GetString(Messages(message, number).FirstOrDefault([]));

    private static string Id(byte[] message, int number) => Convert.ToHexStringLower(Messages(message, number).FirstOrDefault([]));

    private static ulong Fixed(byte[] message, int number) => BitConverter.ToUInt64(Messages(message, number).First());

    private static IEnumerable<(int Number, byte[] Content)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch { 1 => 8, 2 => (int)Varint(message, ref at), 5 => 4, _ => 0 };
            if ((tag & 7) == 0)
            {
                Varint(message, ref at);
            }

            yield return ((int)(tag >> 3), message[at..(at + length)]);
            at += length;
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
