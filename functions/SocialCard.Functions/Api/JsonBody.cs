using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SocialCard.Functions.Api;

/// <summary>Reads what a caller sent: bounded in size, strict in form, and clear about the field that is wrong.</summary>
public static partial class JsonBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly string[] Required = ["Required."];

    /// <summary>The body's bytes, or null if there are more than <see cref="MaxBytes"/>.</summary>
    public static Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        ReadAsync(request, MaxBytes, cancellation);

    /// <summary>The body's bytes, or null if there are more than a call takes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(maxBytes + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, maxBytes + 1), maxBytes + 1, throwOnEndOfStream: false, cancellation);
            return length > maxBytes ? null : buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>A value of a form, or the problem with it.</summary>
    /// <typeparam name="T">The form.</typeparam>
    /// <param name="json">The bytes.</param>
    /// <param name="within">The field of the body that they stand in, if they are not the whole of it.</param>
    /// <param name="reading">How it is read; strictly unless said otherwise.</param>
    public static (T? Value, ProblemHttpResult? Problem) Parse<T>(
        ReadOnlySpan<byte> json, string? within = null, JsonSerializerOptions? reading = null)
        where T : class
    {
        var (value, faults, problem) = Read<T>(json, within, reading);
        return faults is null ? (value, problem) : (null, Problems.Invalid(faults));
    }

    /// <summary>A value of a form, or the problem with it; or, where only texts are not what their fields take, both.</summary>
    /// <returns>
    /// The value, in which examples stand for texts with faults; those faults, by field; and the problem where there is no value at all.
    /// </returns>
    internal static (T? Value, Dictionary<string, string[]>? Faults, ProblemHttpResult? Problem) Read<T>(
        ReadOnlySpan<byte> json, string? within = null, JsonSerializerOptions? reading = null)
        where T : class
    {
        reading ??= SocialCardJson.Strict;
        Dictionary<string, string[]>? faults = null;
        JsonNode? mended = null;
        TextFault? last = null;
        while (true)
        {
            try
            {
                if (last is not null)
                {
                    // One that would do takes the place of what is wrong, so that the caller learns of every other fault too.
                    mended ??= JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false })!;
                    Replace(mended, last.Path!, last.Example);
                }

                var value = mended is not null ? mended.Deserialize<T>(reading)
                    : json.IsEmpty ? null : JsonSerializer.Deserialize<T>(json, reading);
                return value is not null ? (value, faults, null)
                    : (null, null, Problems.Invalid(within ?? "", "A JSON object is expected."));
            }
            catch (TextFault fault) when ((faults ??= []).TryAdd(PlaceOf(fault, within), [fault.Expected]))
            {
                last = fault;
            }
            catch (JsonException failure)
            {
                return (null, null, Problems.Invalid(
                    (faults ?? []).Concat(FaultsOf(failure, within)).DistinctBy(fault => fault.Key).ToDictionary()));
            }
        }
    }

    private static string PlaceOf(JsonException failure, string? within) =>
        string.Join('.', [.. within is null ? [] : new[] { within }, .. NamesIn(failure.Path)]);

    // Of a path such as $.members[1].idNumber.
    private static void Replace(JsonNode root, string path, string example)
    {
        var steps = path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)[1..];
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        if (int.TryParse(steps[^1], out var last))
        {
            parent[last] = example;
        }
        else
        {
            parent[steps[^1]] = example;
        }
    }

    // The serializer tells what is wrong by its message only. Nothing of the message goes out: it may quote what was sent.
    private static Dictionary<string, string[]> FaultsOf(JsonException failure, string? within)
    {
        var place = PlaceOf(failure, within);
        if (failure is FieldFault unfit)
        {
            return new() { [Below(unfit.Field)] = [unfit.Expected] };
        }

        if (Says("missing required"))
        {
            // … for type 'T' was missing required properties including: 'one', 'two'.
            return failure.Message.Split('\'').Where((_, index) => index > 2 && index % 2 == 1).ToDictionary(Below, _ => Required);
        }

        // The reader's own exception stands inside the serializer's.
        var fault = failure.InnerException is JsonException ? "Not valid JSON."
            : failure is TextFault text ? text.Expected
            : Says("could not be mapped") ? "Not a known field."
            : Says("Duplicate property") ? "Stands more than once."
            : "Not of the expected form.";
        return new() { [place] = [fault] };

        string Below(string name) => place.Length == 0 ? name : $"{place}.{name}";

        bool Says(string words) => failure.Message.Contains(words, StringComparison.Ordinal);
    }

    // Of a path such as $.holder.idNumber, the names; not those that no form has, which may be data put in the wrong place.
    private static IEnumerable<string> NamesIn(string? path) => (path ?? "").Split('.').Skip(1).TakeWhile(name => Name().IsMatch(name));

    // With the place in a list, such as members[1].
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*(\[[0-9]+\])?\z")]
    private static partial Regex Name();
}
