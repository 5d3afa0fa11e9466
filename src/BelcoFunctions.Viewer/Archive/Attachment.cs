using System.Text.Json;

namespace BelcoFunctions.Viewer.Archive;

/// <summary>An attachment. Belco does not publish what it looks like, so it is read leniently.</summary>
/// <param name="Name">Its name, or whatever else tells it apart.</param>
/// <param name="Address">Where it is; null if it has no web address.</param>
internal sealed record Attachment(string Name, Uri? Address)
{
    private static readonly string[] Names = ["name", "filename", "fileName", "title"];
    private static readonly string[] Addresses = ["url", "href", "link", "src"];

    /// <summary>Those in a JSON array. Anything that is not understood is named by its JSON.</summary>
    public static IReadOnlyList<Attachment> ReadAll(JsonElement? attachments) =>
        attachments is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(Read)] : [];

    private static Attachment Read(JsonElement attachment)
    {
        if (attachment.ValueKind is JsonValueKind.String)
        {
            var text = attachment.GetString()!;
            return new(text, WebAddress.Parse(text));
        }

        var (name, address) = (First(attachment, Names), First(attachment, Addresses));
        return new(name ?? address ?? attachment.GetRawText(), WebAddress.Parse(address));
    }

    private static string? First(JsonElement attachment, string[] properties) =>
        attachment.ValueKind is not JsonValueKind.Object ? null : properties
            .Select(property => attachment.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString() : null)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}
