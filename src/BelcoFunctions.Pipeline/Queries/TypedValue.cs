using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries.Matching;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>A value that somebody typed: as it is stored, or as people see it, such as <c>Closed</c>, <c>Nobody</c>, a name, or
/// an id that is cut and ends with <c>…</c>.</summary>
public readonly record struct TypedValue
{
    private const char Ellipsis = '…';
    private const int MaxQuoted = 60;

    private TypedValue(string text)
    {
        IsCut = text.Length > 1 && text[^1] == Ellipsis;
        Text = IsCut ? text[..^1] : text;
    }

    /// <summary>The text without the ellipsis.</summary>
    public string Text { get; }

    /// <summary>Whether it ended with an ellipsis, so that it is only the beginning of a value.</summary>
    public bool IsCut { get; }

    /// <summary>The value for a sentence. It is text from outside: whoever shows it must make it harmless.</summary>
    public string Quoted => $"\"{(Text.Length <= MaxQuoted ? Text : Text.Truncate(MaxQuoted) + Ellipsis)}\"";

    /// <summary>Null if nothing was typed, or only white space. White space around a value does not matter.</summary>
    public static TypedValue? From(string? text) => text?.Trim() is { Length: > 0 } trimmed ? new TypedValue(trimmed) : null;

    /// <summary>Whether this is a word of ours. Case does not matter.</summary>
    public bool IsWord(string word) => Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this is a stored value, or the word that people see for it. Case does not matter.</summary>
    public bool Is(string? stored, string shown) => Matches(stored) || Matches(shown);

    /// <summary>Whether an id begins with this. Ids are exact: case matters.</summary>
    public bool Begins(string id) => id.StartsWith(Text, StringComparison.Ordinal);

    /// <summary>Whether a name, or one of its words, begins with this. Case and diacritics do not matter, as in a
    /// search.</summary>
    public bool BeginsName(string name)
    {
        var (typed, letters) = (FoldedText.From(Text).Letters, FoldedText.From(name).Letters);
        if (typed.Length == 0) return false;
        for (var at = 0; at >= 0 && at < letters.Length; at = letters.IndexOf(' ', at) is >= 0 and var space ? space + 1 : -1)
        {
            if (letters.AsSpan(at).StartsWith(typed, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private bool Matches(string? value) => IsCut
        ? value?.StartsWith(Text, StringComparison.OrdinalIgnoreCase) is true
        : Text.Equals(value, StringComparison.OrdinalIgnoreCase);
}
