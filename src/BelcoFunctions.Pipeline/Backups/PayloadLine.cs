using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>A payload blob as a line of JSON: its name and its bytes.</summary>
/// <param name="Name">The SHA-256 of the body, as <c>BlobPayloadStore</c> names it.</param>
internal sealed record PayloadLine(string Name, byte[] Content)
{
    private const int NameLength = 64;

    public void Write(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString(nameof(Name), Name);
        json.WriteBase64String(nameof(Content), Content);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">It is not such a line.</exception>
    public static PayloadLine Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            PayloadLine payload = new(
                json.GetProperty(nameof(Name)).GetString() ?? "", json.GetProperty(nameof(Content)).GetBytesFromBase64());
            return IsOf(payload.Content, payload.Name)
                ? payload : throw new FormatException("Its bytes are not those of its name.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("It is not a payload.", exception);
        }
    }

    /// <summary>Whether a text can be the name of a payload. A damaged row may name anything.</summary>
    public static bool IsName(string? text) => text is { Length: NameLength } && text.All(char.IsAsciiHexDigitUpper);

    /// <summary>Whether the bytes are those that the name says.</summary>
    public static bool IsOf(ReadOnlySpan<byte> content, string name) => Convert.ToHexString(SHA256.HashData(content)) == name;
}
