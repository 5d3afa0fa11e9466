using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>JSON strings, quotes included, to text.</summary>
internal static partial class JsonText
{
    /// <summary>The text, with U+FFFD for each unpaired surrogate: half an emoji must not cost the whole message.</summary>
    public static string Decode(ReadOnlySpan<byte> json) =>
        TryDecode(json, out var text) ? text : DecodeValid(Encoding.UTF8.GetBytes(Mend(json)));

    /// <summary>JSON of any kind as it is, but for unpaired surrogates, with which nobody could read it again.</summary>
    public static string Mend(ReadOnlySpan<byte> json) => EscapedCharacter.Replace(
        Encoding.UTF8.GetString(json), match => match.Length == LoneSurrogateLength ? @"\ufffd" : match.Value);

    /// <summary>False when the text has an escaped surrogate without its other half, which JSON allows and UTF-8 does not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> json, [NotNullWhen(true)] out string? text)
    {
        if (json.Contains((byte)'\\'))
        {
            try
            {
                text = DecodeValid(json);
                return true;
            }
            catch (InvalidOperationException)
            {
                text = null;
                return false;
            }
        }

        text = Encoding.UTF8.GetString(json[1..^1]);
        return true;
    }

    private const int LoneSurrogateLength = 6;

    // A pair, or a lone surrogate, or any other escape: the last keeps an escaped backslash before a "u" from being misread.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.")]
    private static partial Regex EscapedCharacter { get; }

    private static string DecodeValid(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.GetString()!;
    }
}
