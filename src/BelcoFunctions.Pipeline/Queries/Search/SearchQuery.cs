using BelcoFunctions.Pipeline.Queries.Matching;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>What somebody searches for: words, numbers, names and the first characters of ids. A conversation must have each of
/// them, in any order and in any place. Case and diacritics do not matter.</summary>
public sealed class SearchQuery
{
    /// <summary>The most characters of a query.</summary>
    public const int MaxLength = 200;

    private const int MinIdCharacters = 4;

    private SearchQuery(string text, IReadOnlyList<string> terms) => (Text, Terms) = (text, terms);

    /// <summary>The query as it was typed.</summary>
    public string Text { get; }

    /// <summary>The parts of the query, folded, each once.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>Either a query, or a sentence that says what is wrong with the text.</summary>
    public static (SearchQuery? Query, string? Error) Read(string text)
    {
        if (text.Length > MaxLength) return (null, $"The text is longer than {MaxLength} characters. Give fewer words.");
        List<string> terms =
        [
            .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => Trim(FoldedText.From(word).Letters)).Where(term => term.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        return terms.Count > 0 ? (new SearchQuery(text, terms), null)
            : (null, "There is nothing to search for. Give a word, an order number, a name or the beginning of an id.");
    }

    /// <summary>Where each term is first in a text; null for a term that is not there.</summary>
    internal IReadOnlyList<TextRange?> FindIn(string text)
    {
        var folded = FoldedText.From(text);
        return [.. Terms.Select(term => folded.Find(term))];
    }

    /// <summary>Which terms an id begins with. A short word would be the beginning of some id by chance.</summary>
    internal IReadOnlyList<TextRange?> FindInId(string id)
    {
        var folded = FoldedText.From(id);
        return [.. Terms.Select(term =>
            term.Length >= Math.Min(MinIdCharacters, folded.Letters.Length)
            && folded.Letters.StartsWith(term, StringComparison.Ordinal) ? folded.Find(term) : null)];
    }

    /// <summary>Every place of every term in a text.</summary>
    internal IReadOnlyList<TextRange> FindAll(string text)
    {
        var folded = FoldedText.From(text);
        return TextRange.Join(Terms.SelectMany(folded.FindAll));
    }

    // Punctuation around a word does not belong to it: quotes, a comma, the … of an id that a page has shortened.
    private static string Trim(string term)
    {
        var (start, end) = (0, term.Length);
        while (start < end && char.IsPunctuation(term[start])) start++;
        while (end > start && char.IsPunctuation(term[end - 1])) end--;
        return term[start..end];
    }
}
