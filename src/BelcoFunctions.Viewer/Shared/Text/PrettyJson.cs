using System.Buffers;
using System.Text;
using System.Text.Json;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>JSON with line breaks and indentation. Only white space between the tokens changes. Strings, numbers, repeated
/// names and their order stay as they were sent.</summary>
internal static class PrettyJson
{
    private const int Indent = 2;

    private static readonly SearchValues<char> LiteralEnds = SearchValues.Create(",:[]{}\" \t\r\n");

    /// <summary>Whether a body can be formatted: it must be JSON, and not deeper than an event may be.</summary>
    public static bool CanFormat(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The tokens with the white space between them. Joined, they are the whole text.</summary>
    /// <param name="json">Valid JSON.</param>
    public static IEnumerable<JsonPart> Format(string json)
    {
        var depth = 0;
        for (var index = Next(json, 0); index < json.Length; index = Next(json, index))
        {
            switch (json[index])
            {
                case '{' or '[':
                    var closing = Next(json, index + 1);
                    if (closing < json.Length && json[closing] is '}' or ']')
                    {
                        yield return new(JsonPartKind.Mark, $"{json[index]}{json[closing]}");
                        index = closing + 1;
                        break;
                    }

                    yield return new(JsonPartKind.Mark, json[index++] + Line(++depth));
                    break;
                case '}' or ']':
                    depth = Math.Max(0, depth - 1);
                    yield return new(JsonPartKind.Mark, Line(depth) + json[index++]);
                    break;
                case ',':
                    yield return new(JsonPartKind.Mark, "," + Line(depth));
                    index++;
                    break;
                case ':':
                    yield return new(JsonPartKind.Mark, ": ");
                    index++;
                    break;
                default:
                    var end = json[index] == '"' ? StringEnd(json, index) : LiteralEnd(json, index);
                    var isName = json[index] == '"' && Next(json, end) is var after && after < json.Length && json[after] == ':';
                    yield return new(isName ? JsonPartKind.Name : json[index] == '"' ? JsonPartKind.Text : JsonPartKind.Literal,
                        json[index..end]);
                    index = end;
                    break;
            }
        }
    }

    private static string Line(int depth) => "\n" + new string(' ', depth * Indent);

    private static int Next(string json, int index)
    {
        while (index < json.Length && json[index] is ' ' or '\t' or '\r' or '\n') index++;
        return index;
    }

    private static int StringEnd(string json, int index)
    {
        for (index++; index < json.Length && json[index] != '"'; index++)
        {
            if (json[index] == '\\') index++;
        }

        return Math.Min(index + 1, json.Length);
    }

    private static int LiteralEnd(string json, int index)
    {
        var end = json.AsSpan(index).IndexOfAny(LiteralEnds);
        // Take at least one character, even an unexpected one.
        return end < 0 ? json.Length : index + Math.Max(end, 1);
    }
}

/// <summary>A piece of JSON.</summary>
public readonly record struct JsonPart(JsonPartKind Kind, string Text);

/// <summary>The kinds of pieces.</summary>
public enum JsonPartKind { Mark, Name, Text, Literal }
