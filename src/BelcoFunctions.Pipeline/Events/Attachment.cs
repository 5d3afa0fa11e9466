using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>An attachment. Belco does not publish its format, so it is read leniently.</summary>
/// <param name="Name">Its name, or other text that identifies it. Shortened, and never the content of a file.</param>
/// <param name="Address">Where it is; null if it has no web address.</param>
public sealed record Attachment(string Name, Uri? Address)
{
    private const int ShortLength = 100;

    private static readonly string[] Names = ["name", "filename", "fileName", "title"];
    private static readonly string[] Addresses = ["url", "href", "link", "src"];

    /// <summary>Counts the attachments in the text of a JSON array, and returns the name of the first.</summary>
    public static (int Count, string? FirstName) Summarize(string? json)
    {
        if (json is null) return (0, null);
        using var parsed = JsonDocument.Parse(json);
        var array = parsed.RootElement;
        return array.GetArrayLength() is var count && count > 0 ? (count, Read(array[0]).Name) : (0, null);
    }

    /// <summary>The attachments in a JSON array. An attachment of unknown form has its JSON as its name.</summary>
    public static IReadOnlyList<Attachment> ReadAll(JsonElement? attachments) =>
        attachments is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(Read)] : [];

    private static Attachment Read(JsonElement attachment)
    {
        var (name, address) = attachment.ValueKind is JsonValueKind.String
            ? (null, attachment.GetString()) : (First(attachment, Names), First(attachment, Addresses));
        return new(NameOf(name, address) ?? Shorten(attachment.GetRawText()), WebAddress.Parse(address));
    }

    private static string? NameOf(string? name, string? address) => (DataUri.Parse(address), DataUri.Parse(name)) switch
    {
        (_, { } file) => file.ToString(),
        ({ } file, _) => name is null ? file.ToString() : $"{Shorten(name)} ({file})",
        _ => (name ?? address) is { } text ? Shorten(text) : null,
    };

    private static string? First(JsonElement attachment, string[] properties) =>
        attachment.ValueKind is not JsonValueKind.Object ? null : properties
            .Select(property => attachment.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString() : null)
            .FirstOrDefault(value => !value.IsBlank());

    private static string Shorten(string text) =>
        text.Length <= ShortLength ? text : text.Truncate(ShortLength) + "…";
}
