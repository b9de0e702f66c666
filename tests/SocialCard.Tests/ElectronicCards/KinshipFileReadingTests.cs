using System.IO.Compression;
using System.Text;
using SkiaSharp;
using SocialCard.Functions.ElectronicCards;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>A file that has the form of a picture or a PDF is opened before it is taken for one.</summary>
public sealed class KinshipFileReadingTests
{
    public static TheoryData<string, byte[], string, bool> Files => new()
    {
        { "a png", Picture(SKEncodedImageFormat.Png), KinshipFile.Png, true },
        { "a jpeg", Picture(SKEncodedImageFormat.Jpeg), KinshipFile.Jpeg, true },
        { "a pdf", Pdf(1), KinshipFile.Pdf, true },
        { "a pdf of as many pages as may be", Pdf(KinshipFileReading.MaxPages), KinshipFile.Pdf, true },
        { "a png whose picture is noise", WithNoise(Picture(SKEncodedImageFormat.Png), "IDAT"u8), KinshipFile.Png, false },
        { "a png of more pixels than may be", Picture(SKEncodedImageFormat.Png, 5001, 5000), KinshipFile.Png, false },
        { "a png that says it is larger than any", Larger(Picture(SKEncodedImageFormat.Png)), KinshipFile.Png, false },
        {
            "a jpeg without a picture", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 3, 9, 7, 7, 0xFF, 0xD9],
            KinshipFile.Jpeg, false
        },
        { "a pdf of a header and an end", Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n%%EOF\r\n"), KinshipFile.Pdf, false },
        {
            "a pdf without a page",
            Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"),
            KinshipFile.Pdf, false
        },
        { "a pdf of more pages than may be", Pdf(KinshipFileReading.MaxPages + 1), KinshipFile.Pdf, false },
        { "a pdf that unpacks to gigabytes", Bomb(), KinshipFile.Pdf, false },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_taken_if_it_can_be_opened(string name, byte[] file, string mediaType, bool isReadable)
    {
        Assert.Equal((name, mediaType), (name, KinshipFile.MediaTypeOf(file)));
        Assert.Equal((name, isReadable), (name, KinshipFileReading.IsReadable(file, mediaType)));
    }

    private static byte[] Picture(SKEncodedImageFormat format, int width = 200, int height = 100)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.DrawLine(0, 0, width, height, new() { Color = SKColors.Black, StrokeWidth = 5 });
        using var encoded = bitmap.Encode(format, 90);
        return encoded.ToArray();
    }

    private static byte[] Pdf(int pages)
    {
        using var builder = new PdfDocumentBuilder();
        for (var page = 0; page < pages; page++)
        {
            builder.AddPage(PageSize.A4);
        }

        return builder.Build();
    }

    // Within the chunk, whose length and place stay.
    private static byte[] WithNoise(byte[] png, ReadOnlySpan<byte> chunk)
    {
        var at = png.AsSpan().IndexOf(chunk) + chunk.Length;
        png.AsSpan(at, 20).Fill(0x55);
        return png;
    }

    private static byte[] Larger(byte[] png)
    {
        new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }.CopyTo(png, 16);
        return png;
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var mebibytes = 0; mebibytes < 64; mebibytes++)
            {
                deflate.Write(zeros);
            }
        }

        var head = "%PDF-1.7\n";
        var stream = $"1 0 obj << /Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length {packed.Length} >>\nstream\n";
        return
        [
            .. Encoding.ASCII.GetBytes(head + stream), .. packed.ToArray(),
            .. Encoding.ASCII.GetBytes($"\nendstream\nendobj\nstartxref\n{head.Length}\n%%EOF\n"),
        ];
    }
}
