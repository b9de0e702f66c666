using System.Buffers.Binary;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// What a file is by its content: JPEG, PNG or PDF, whole, and nothing else besides. A file that is also something else, or carries
/// something behind its end, is none.
/// </summary>
public static class KinshipFile
{
    /// <summary>The largest file, in bytes: 5 MiB.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>A JPEG picture.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>A PNG picture.</summary>
    public const string Png = "image/png";

    /// <summary>A PDF document.</summary>
    public const string Pdf = "application/pdf";

    // Readers of PDF look for its header in so many bytes, so a picture that has it there is also a PDF.
    private const int PdfHeaderWindow = 1024;

    // Writers of PDF end with the mark and at most a line end or two.
    private const int PdfTail = 16;

    /// <summary>The file's media type, or null if it is none of the three.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> file) =>
        file.StartsWith("%PDF-"u8) ? IsPdf(file) ? Pdf : null
        : file[..Math.Min(file.Length, PdfHeaderWindow)].IndexOf("%PDF-"u8) >= 0 ? null
        : IsPng(file) ? Png
        : IsJpeg(file) ? Jpeg
        : null;

    private static bool IsPdf(ReadOnlySpan<byte> file)
    {
        var tail = file[Math.Max(0, file.Length - PdfTail)..];
        var mark = tail.LastIndexOf("%%EOF"u8);
        return mark >= 0 && tail[(mark + 5)..].IndexOfAnyExcept(" \t\r\n\0"u8) < 0;
    }

    // From the header, chunk by chunk, to the end chunk, which is the end of the file.
    private static bool IsPng(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        if (!file.StartsWith(signature))
        {
            return false;
        }

        const int frame = 12;
        var rest = file[signature.Length..];
        for (var isFirst = true; rest.Length >= frame; isFirst = false)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var type = rest.Slice(4, 4);
            if (length > rest.Length - frame || (isFirst && !type.SequenceEqual("IHDR"u8)))
            {
                return false;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return rest.Length == frame && length == 0;
            }

            rest = rest[(frame + (int)length)..];
        }

        return false;
    }

    // From the start, segment by segment, to the picture's data, which ends with the end mark at the end of the file.
    private static bool IsJpeg(ReadOnlySpan<byte> file)
    {
        const byte mark = 0xFF, start = 0xD8, end = 0xD9, scan = 0xDA;
        if (file.Length < 4 || file[0] != mark || file[1] != start || file[^2] != mark || file[^1] != end)
        {
            return false;
        }

        for (var at = 2; at + 4 <= file.Length && file[at] == mark;)
        {
            if (file[at + 1] == scan)
            {
                return true;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return false;
    }
}
