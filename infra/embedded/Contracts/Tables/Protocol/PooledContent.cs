using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The body of a request in a rented buffer, which goes back when the message is disposed.</summary>
internal sealed class PooledContent : RequestContent, IBufferWriter<byte>
{
    private readonly Utf8JsonWriter _writer;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2048);

    private int _length;

    private PooledContent(JavaScriptEncoder encoder) =>
        _writer = new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = encoder, SkipValidation = true });

    /// <summary>
    /// The body that is one entity, in ASCII: the emulator decodes a body chunk by chunk, and would spoil the character that
    /// two chunks share.
    /// </summary>
    public static PooledContent OfEntity(ITableEntity entity) => Fill(JavaScriptEncoder.Default, content => content.Append(entity));

    /// <summary>The body of a transaction, whose size is limited, so that no more is escaped than JSON needs.</summary>
    public static PooledContent OfTransaction(Action<PooledContent> write) => Fill(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, write);

    public void Append(ITableEntity entity)
    {
        _writer.Reset();
        EntityModel.Of(entity.GetType()).Write(_writer, entity);
        _writer.Flush();
    }

    /// <summary>Appends text, each piece of which goes straight into the buffer.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The handler writes to this instance.")]
    public void Append([InterpolatedStringHandlerArgument("")] Text text) => _ = text;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation) => stream.Write(_buffer, 0, _length);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellation) =>
        stream.WriteAsync(_buffer.AsMemory(0, _length), cancellation).AsTask();

    public override void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length == 0)
            return;
        _writer.Reset(); // an entity that failed half-way is not to be finished
        _writer.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static PooledContent Fill(JavaScriptEncoder encoder, Action<PooledContent> write)
    {
        var content = new PooledContent(encoder);
        try
        {
            write(content);
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private void Grow(int sizeHint)
    {
        if (_buffer.Length - _length >= Math.Max(sizeHint, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + sizeHint));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    [InterpolatedStringHandler]
    internal readonly ref struct Text(int literalLength, int formattedCount, PooledContent content)
    {
        private readonly PooledContent _content = Reserve(content, literalLength, formattedCount);

        public void AppendLiteral(string literal) => Encoding.UTF8.GetBytes(literal, _content);

        public void AppendFormatted(string value) => Encoding.UTF8.GetBytes(value, _content);

        private static PooledContent Reserve(PooledContent content, int literals, int values)
        {
            const int UsualValue = 64;
            content.Grow(literals + (values * UsualValue));
            return content;
        }
    }
}
