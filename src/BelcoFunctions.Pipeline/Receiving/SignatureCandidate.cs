using System.Buffers;
using System.Buffers.Text;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>A header whose value ends in text that looks like an HMAC-SHA256 signature. Many schemes write a prefix before it,
/// like <c>sha256=</c> or <c>t=1718097305,v1=</c>.</summary>
/// <param name="Header">The name of the header.</param>
/// <param name="Prefix">The text before the signature.</param>
/// <param name="Encoded">The signature.</param>
/// <param name="Encoding">How it is encoded.</param>
internal sealed record SignatureCandidate(string Header, string Prefix, string Encoded, SignatureEncoding Encoding)
{
    private const int MaxValueLength = 128;
    private const int HexLength = 64;
    private const int Base64Length = 44;
    private const int MaxShownLength = 64;

    // Longer text may be another signature, or a credential.
    private const int MaxShownPrefix = 24;
    private const string ShownMarks = "-_.=:, ";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Separators = SearchValues.Create("=:, ");

    /// <summary>Null if the value does not look like a signature.</summary>
    public static SignatureCandidate? Parse(string header, string value)
    {
        if (value.Length > MaxValueLength) return null;
        if (EndsWith(value, HexLength) && !value.AsSpan()[^HexLength..].ContainsAnyExcept(Hex))
            return Split(header, value, HexLength, SignatureEncoding.Hex);
        return EndsWith(value, Base64Length) && Base64.IsValid(value.AsSpan()[^Base64Length..], out var bytes) && bytes == 32
            ? Split(header, value, Base64Length, SignatureEncoding.Base64) : null;
    }

    /// <summary>For the log: the encoding, and the prefix if it is short.</summary>
    public string Form => Prefix.Length switch
    {
        0 => $"{Encoding}",
        <= MaxShownPrefix => $"{Encoding} after \"{Clean(Prefix)}\"",
        _ => $"{Encoding} after other text",
    };

    /// <summary>For the log: the name of the header, which may come from anybody.</summary>
    public string ShownHeader => Clean(Header);

    private static bool EndsWith(string value, int length) =>
        value.Length == length || (value.Length > length && Separators.Contains(value[^(length + 1)]));

    private static SignatureCandidate Split(string header, string value, int length, SignatureEncoding encoding) =>
        new(header, value[..^length], value[^length..], encoding);

    private static string Clean(string text)
    {
        var shown = text.Select(c => char.IsAsciiLetterOrDigit(c) || ShownMarks.Contains(c) ? c : '?');
        return string.Concat(shown.Take(MaxShownLength));
    }
}
