using System.Text.Json;
using System.Text.Unicode;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Checks that a body is one JSON document.</summary>
internal static class AnswerJson
{
    public const int MaxDepth = 64;

    /// <summary>The document without its byte order mark; null, with a sentence that quotes nothing, if it is none.</summary>
    public static (ReadOnlyMemory<byte>? Json, string Error) Read(ReadOnlyMemory<byte> body)
    {
        var json = EventReader.WithoutByteOrderMark(body);
        if (json.IsEmpty) return (null, "it is empty.");
        if (!Utf8.IsValid(json.Span)) return (null, "it is not UTF-8.");
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read()) { }
            return (json, "");
        }
        catch (JsonException exception)
        {
            // The reader's own messages quote the body.
            var where = $"in line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            return (null, reader.CurrentDepth < MaxDepth - 1
                ? $"it has an error {where}." : $"it has an error, or more than {MaxDepth} levels, {where}.");
        }
    }
}
