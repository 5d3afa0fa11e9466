using BelcoFunctions.Pipeline.Queries.Matching;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>A text, or excerpts of it, in pieces: those that were found, and those between them. It is text from outside: whoever
/// shows it must encode each piece, and marks a piece with markup of its own.</summary>
public sealed record MarkedText(IReadOnlyList<TextPiece> Pieces)
{
    private const int MaxExcerpts = 3;
    private const int Before = 60;
    private const int ExcerptLength = 240;

    // A match can be long, because a letter can have any number of diacritics.
    private const int MaxExcerptLength = 1_000;

    private const string Omitted = "…";

    /// <summary>A whole text.</summary>
    internal static MarkedText Whole(string text, IEnumerable<TextRange> found) => new(Cut(text, TextRange.Join(found)));

    /// <summary>A part of the text around the first place of each term that was found.</summary>
    internal static MarkedText Excerpt(string text, SearchQuery query, IEnumerable<TextRange> found)
    {
        List<TextPiece> pieces = [];
        var end = 0;
        foreach (var range in TextRange.Join(Windows(text, found)))
        {
            if (range.Start > end) pieces.Add(new TextPiece(end == 0 ? Omitted : $" {Omitted} ", IsFound: false));
            var window = text[range.Start..range.End];
            pieces.AddRange(Cut(window, query.FindAll(window)));
            end = range.End;
        }

        if (end < text.Length) pieces.Add(new TextPiece(Omitted, IsFound: false));
        return new MarkedText(pieces);
    }

    private static IEnumerable<TextRange> Windows(string text, IEnumerable<TextRange> found)
    {
        var (count, end) = (0, 0);
        foreach (var range in found.OrderBy(range => range.Start))
        {
            if (range.End <= end) continue;
            if (count++ == MaxExcerpts) yield break;
            var window = Window(text, range);
            end = window.End;
            yield return window;
        }
    }

    // From the beginning of a word to the end of one, if there is a space in the right place.
    private static TextRange Window(string text, TextRange found)
    {
        var start = Math.Max(0, found.Start - Before);
        if (start > 0)
        {
            var space = text.IndexOf(' ', start - 1, found.Start - start + 1);
            start = space >= 0 ? space + 1 : char.IsLowSurrogate(text[start]) ? start - 1 : start;
        }

        var least = Math.Min(found.End, start + MaxExcerptLength);
        var end = Math.Min(text.Length, Math.Max(start + ExcerptLength, least));
        if (end < text.Length)
        {
            var space = text.LastIndexOf(' ', end, end - least + 1);
            end = space >= 0 ? space : char.IsLowSurrogate(text[end]) ? end - 1 : end;
        }

        return new TextRange(start, end);
    }

    private static List<TextPiece> Cut(string text, IReadOnlyList<TextRange> found)
    {
        List<TextPiece> pieces = [];
        var end = 0;
        foreach (var range in found)
        {
            if (range.Start > end) pieces.Add(new TextPiece(text[end..range.Start], IsFound: false));
            pieces.Add(new TextPiece(text[range.Start..range.End], IsFound: true));
            end = range.End;
        }

        if (end < text.Length) pieces.Add(new TextPiece(text[end..], IsFound: false));
        return pieces;
    }
}

/// <summary>A piece of a text.</summary>
/// <param name="Text">The piece, as it is in the text.</param>
/// <param name="IsFound">Whether it is what was searched for.</param>
public readonly record struct TextPiece(string Text, bool IsFound);
