using System.IO.Compression;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Whether a file that looks like a picture or a PDF is one: it is opened as a bureau's viewer would, within bounds, so that no file
/// makes the process take more memory than a large photograph does.
/// </summary>
public static class KinshipFileReading
{
    /// <summary>The largest picture, in pixels: more than the scan of an A3 page at 300 dots an inch.</summary>
    public const int MaxPixels = 25_000_000;

    /// <summary>The longest PDF, in pages.</summary>
    public const int MaxPages = 50;

    private const int MaxStructureBytes = 32 * 1024 * 1024;

    // A JPEG can be decoded at an eighth of its size, which reads all of it and needs a sixty-fourth of the memory.
    private const float SmallestScale = 0.125f;

    /// <summary>Whether a file can be read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mediaType">What it is by its form; see <see cref="KinshipFile.MediaTypeOf"/>.</param>
    public static bool IsReadable(byte[] file, string mediaType) => mediaType is KinshipFile.Pdf ? IsPdf(file) : IsPicture(file);

    private static bool IsPicture(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is 0 or > MaxPixels)
        {
            return false;
        }

        var size = codec.GetScaledDimensions(SmallestScale);
        using var pixels = new SKBitmap();
        return pixels.TryAllocPixels(codec.Info.WithSize(size))
            && codec.GetPixels(pixels.Info, pixels.GetPixels()) is SKCodecResult.Success;
    }

    // The pages are counted, not drawn: what they show is for the reviewer to see.
    private static bool IsPdf(byte[] file)
    {
        try
        {
            using var document = PdfDocument.Open(file, new ParsingOptions { FilterProvider = StructureFilters.Instance });
            return document.NumberOfPages is > 0 and <= MaxPages;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The reader says in many ways that it cannot: format, encryption, a missing part, a number that is none.
            return false;
        }
    }

    /// <summary>Of the streams only those are unpacked that hold the document's structure, which are deflated.</summary>
    private sealed class StructureFilters() : BaseFilterProvider(new Dictionary<string, IFilter>
    {
        [NameToken.FlateDecode.Data] = new BoundedFlate(),
        [NameToken.FlateDecodeAbbreviation.Data] = new BoundedFlate(),
    })
    {
        public static StructureFilters Instance { get; } = new();
    }

    private sealed class BoundedFlate : IFilter
    {
        private readonly FlateFilter flate = new();

        public bool IsSupported => true;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) =>
            IsWithinBounds(input) ? flate.Decode(input, streamDictionary, filterProvider, filterIndex)
            : throw new PdfDocumentFormatException("The stream unpacks to too much.");

        private static bool IsWithinBounds(Memory<byte> input)
        {
            using var packed = new MemoryStream(input.ToArray());
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            for (var total = 0; ;)
            {
                var read = unpacked.Read(buffer);
                total += read;
                if (read == 0 || total > MaxStructureBytes)
                {
                    return read == 0;
                }
            }
        }
    }
}
