using System.Text;
using SocialCard.Functions.ElectronicCards;

namespace SocialCard.Tests.ElectronicCards;

public sealed class KinshipFileTests
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 3, 9, 7, 7, 0xFF, 0xD9];
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n%%EOF\r\n");

    public static TheoryData<string, byte[], string?> Files => new()
    {
        { "png", Png, KinshipFile.Png },
        { "jpeg", Jpeg, KinshipFile.Jpeg },
        { "pdf", Pdf, KinshipFile.Pdf },
        { "nothing", [], null },
        { "a png cut short", Png[..^4], null },
        { "a png with something behind it", [.. Png, 0], null },
        { "a png that is also a pdf", [.. Png, .. Pdf], null },
        { "a png whose chunk is longer than the file", [.. Png[..8], 0xFF, 0xFF, 0xFF, 0xFF, .. Png[12..]], null },
        { "a jpeg cut short", Jpeg[..^2], null },
        { "a jpeg without a picture", [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0xFF, 0xD9], null },
        { "a jpeg with a pdf in a comment", [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(Pdf.Length + 2), .. Pdf, .. Jpeg[8..]], null },
        { "a pdf cut short", Pdf[..^9], null },
        { "a pdf with an archive behind it", [.. Pdf, .. Encoding.ASCII.GetBytes("PK\u0003\u0004 and what follows it")], null },
        { "a text", Encoding.ASCII.GetBytes("<html>"), null },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_what_its_content_says(string name, byte[] file, string? mediaType) =>
        Assert.Equal((name, mediaType), (name, KinshipFile.MediaTypeOf(file)));
}
