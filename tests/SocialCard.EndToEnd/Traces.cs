using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialCard.EndToEnd;

/// <summary>Finds secrets and a person's data in what a service leaves behind, in the forms that data takes when nobody minds it.</summary>
internal sealed class Traces
{
    // So few digits stand in hashes and times by chance; as a word of their own they are the secret.
    private const int ShortDigits = 8;

    private readonly List<(string Form, string Text)> needles = [];
    private readonly List<Regex> words = [];

    public Traces(params IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length <= ShortDigits && secret.All(char.IsAsciiDigit))
            {
                words.Add(new Regex($"(?<![0-9A-Za-z]){secret}(?![0-9A-Za-z])"));
            }
            else
            {
                needles.Add(("plain", secret));
                needles.Add(("UTF-8", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(secret))));
                needles.Add(("UTF-8 hex", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))));
            }

            needles.Add(("JSON", string.Concat(secret.Select(c => $"\\u{(int)c:x4}"))));
            foreach (var (encoding, name) in new[] { (
                Encoding.UTF8,
                "UTF-8"), (Encoding.Unicode, "UTF-16"), (Encoding.BigEndianUnicode, "UTF-16BE") })
            {
                var bytes = encoding.GetBytes(secret);
                var hash = SHA256.HashData(bytes);
                if (encoding != Encoding.UTF8)
                {
                    needles.Add((name, Encoding.Latin1.GetString(bytes)));
                    needles.Add(($"{name} hex", Convert.ToHexStringLower(bytes)));
                }

                needles.Add(($"SHA-256 of {name}", Convert.ToHexStringLower(hash)));
                needles.Add(($"SHA-256 of {name} base64", Convert.ToBase64String(hash)));
                needles.Add(($"SHA-256 of {name} bytes", Encoding.Latin1.GetString(hash)));
                needles.AddRange(Enumerable.Range(0, 3).Select(offset => ($"{name} base64", WithinBase64(bytes, offset))));
            }
        }
    }

    /// <summary>The forms in which something of the person stands in a text; bytes are given as Latin-1.</summary>
    public IEnumerable<string> In(string text) => needles
        .Where(needle => text.Contains(needle.Text, StringComparison.OrdinalIgnoreCase))
        .Select(needle => needle.Form)
        .Concat(words.Where(word => word.IsMatch(text)).Select(_ => "plain"));

    /// <summary>
    /// The characters that the bytes have in the base64 of a longer text, in which they begin so many bytes after a multiple of three.
    /// </summary>
    private static string WithinBase64(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var own = (offset + bytes.Length) * 8 / 6;
        var first = ((offset * 8) + 5) / 6;
        return text[first..own];
    }
}
