using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Decodes the text between the quotes of JSON strings, even if it has half a surrogate pair.</summary>
internal static partial class JsonText
{
    /// <summary>The text, with U+FFFD for each unpaired surrogate: half an emoji must not cost the whole message.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped) => Encoding.UTF8.GetString(
        TryUnescape(escaped, out var text) ? text : Unescape(Encoding.UTF8.GetBytes(WithoutLoneSurrogates(escaped))));

    /// <summary>The JSON with an escaped U+FFFD in place of each escaped surrogate without its other half: no reader can decode
    /// those.</summary>
    public static string WithoutLoneSurrogates(ReadOnlySpan<byte> json) => EscapedCharacter.Replace(
        Encoding.UTF8.GetString(json), match => match.Length == LoneSurrogateLength ? @"\ufffd" : match.Value);

    /// <summary>The text in UTF-8, copied only if something in it is escaped. False if it has an escaped surrogate without its
    /// other half: JSON allows that, UTF-8 does not.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, out ReadOnlySpan<byte> text)
    {
        text = escaped;
        if (!escaped.Contains((byte)'\\')) return true;
        // Check first: the reader would throw for each lone surrogate, and a body may have a hundred thousand.
        if (HasLoneSurrogate(escaped)) return false;
        text = Unescape(escaped);
        return true;
    }

    private const int LoneSurrogateLength = 6;

    // A pair, a lone surrogate, or any other escape. Other escapes must be matched too: otherwise, the second backslash of an
    // escaped backslash and a "u" after it would look like an escape.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.")]
    private static partial Regex EscapedCharacter { get; }

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        foreach (var match in EscapedCharacter.EnumerateMatches(Encoding.UTF8.GetString(escaped)))
        {
            if (match.Length == LoneSurrogateLength) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> escaped)
    {
        var reader = new Utf8JsonReader([(byte)'"', .. escaped, (byte)'"']);
        reader.Read();
        // Every escape is longer than what it stands for.
        var text = new byte[escaped.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }
}
