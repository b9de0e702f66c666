using System.Buffers;
using System.Text.Json;
using Azure.Data.Tables;
using BenchmarkDotNet.Attributes;

namespace SocialCard.Benchmarks;

/// <summary>Entities to JSON and back, in the table client of <c>infra/embedded/Contracts</c>.</summary>
[MemoryDiagnoser]
public class EntityMapping
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly TableEntity entity = new("A12345678", "card")
    {
        ["State"] = new string('x', 1_000),
        ["Status"] = "AwaitingActivation",
        ["RegionCode"] = "320200",
        ["BankId"] = "bank-icbc",
        ["Sequence"] = 4L,
        ["Head"] = new string('0', 64),
    };

    private byte[] stored = [];

    [GlobalSetup]
    public void Prepare()
    {
        Write();
        stored = buffer.WrittenSpan.ToArray();
    }

    [Benchmark(Description = "Entity: write")]
    public int Write()
    {
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer);
        EntityModel.Of(typeof(TableEntity)).Write(writer, entity);
        writer.Flush();
        return buffer.WrittenCount;
    }

    [Benchmark(Description = "Entity: read")]
    public object Read()
    {
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        return EntityModel.Of(typeof(TableEntity)).Read(ref reader);
    }
}
