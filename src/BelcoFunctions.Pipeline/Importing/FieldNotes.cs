using System.Collections.Concurrent;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Collects the fields of Belco's answers that were not understood: their names and types, never their values. Several
/// threads may use it.</summary>
internal sealed class FieldNotes
{
    // A hostile answer may have any number of names.
    private const int MaxFields = 200;

    private const int MaxNameLength = 40;

    private readonly ConcurrentDictionary<UnknownField, bool> fields = [];

    /// <summary>The fields, in the order of their names.</summary>
    public IReadOnlyList<UnknownField> Fields =>
        [.. fields.Keys.OrderBy(each => each.Name, StringComparer.Ordinal).ThenBy(each => each.Type, StringComparer.Ordinal)];

    /// <param name="parent">The object that has the field, like <c>conversation</c>.</param>
    /// <param name="name">The field's own name.</param>
    /// <param name="value">Its value.</param>
    public void Add(string parent, string name, JsonElement value)
    {
        if (fields.Count >= MaxFields) return;
        fields.TryAdd(new UnknownField($"{parent}.{(IsName(name) ? name : "…")}", TypeOf(value)), true);
    }

    // In an object that is a map, a name is a value: an address, for example.
    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(character => char.IsAsciiLetter(character) || character is '_');

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>A field of Belco's answers that was not understood: its name is not known, or its type is another.</summary>
/// <param name="Name">Like <c>conversation.snoozedUntil</c>; the own name is … if it may be a value.</param>
/// <param name="Type">The JSON type.</param>
public sealed record UnknownField(string Name, string Type);
