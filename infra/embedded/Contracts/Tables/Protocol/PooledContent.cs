using System.Buffers;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The body of a request in a rented buffer, which goes back when the message is disposed.</summary>
internal sealed class PooledContent : RequestContent, IBufferWriter<byte>
{
    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2048);

    private int _length;

    /// <summary>The body that is one entity.</summary>
    public static PooledContent Of(ITableEntity entity) => Fill(content => content.Append(entity));

    /// <summary>A body that is written by <paramref name="write"/>, and given back should that fail.</summary>
    public static PooledContent Fill(Action<PooledContent> write)
    {
        var content = new PooledContent();
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

    public void Append(ITableEntity entity)
    {
        var writer = t_writer ??= new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = Column.Encoder, SkipValidation = true });
        writer.Reset(this);
        EntityModel.Of(entity.GetType()).Write(writer, entity);
        writer.Flush();
    }

    public void Append(string text) => Encoding.UTF8.GetBytes(text, this);

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
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        _length = 0;
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
}
