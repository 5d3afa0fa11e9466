using System.Text;
using System.Text.Json;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class JsonTextTests
{
    // Halves of surrogate pairs, similar text, and escapes that could hide the start of a half.
    private static readonly string[] Parts =
        [@"\ud83d", @"\uDE00", @"\ud800", @"\udfff", @"\u0041", @"\\", @"\n", @"\""", "ud83d", "é", "a"];

    private static readonly Gen<string> Escaped =
        Gen.Int[0, Parts.Length - 1].Array[0, 8].Select(indexes => string.Concat(indexes.Select(index => Parts[index])));

    [Fact]
    public void Text_is_unescaped_exactly_as_by_the_JSON_reader_or_not_at_all() => Escaped.Sample(escaped =>
    {
        var understood = JsonText.TryUnescape(Encoding.UTF8.GetBytes(escaped), out var text);

        Assert.Equal(Read(escaped), understood ? Encoding.UTF8.GetString(text) : null);
    }, iter: 20_000);

    [Fact]
    public void Text_without_an_escape_is_not_copied()
    {
        byte[] escaped = [.. "é"u8];

        Assert.True(JsonText.TryUnescape(escaped, out var text));

        Assert.True(text == escaped, "The spans are not of the same memory.");
    }

    /// <summary>Null for an unpaired surrogate.</summary>
    private static string? Read(string escaped)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{escaped}\""));
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
