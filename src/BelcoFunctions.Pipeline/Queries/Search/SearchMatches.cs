using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries.Matching;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>Collects the places of one conversation where the parts of a query are.</summary>
internal sealed class SearchMatches(SearchQuery query)
{
    // A conversation shows more places only if they are needed to show each part of the query.
    private const int MaxPlaces = 5;

    private readonly HashSet<int> found = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<FoundPlace> places = [];

    /// <summary>Whether each part of the query was found.</summary>
    public bool IsComplete => found.Count == query.Terms.Count;

    /// <summary>Whether another text could add nothing.</summary>
    public bool IsFull => IsComplete && places.Count >= MaxPlaces;

    public IReadOnlyList<FoundPlace> Places => places;

    /// <summary>A name or a subject. The same text again is not added.</summary>
    public void Add(FoundIn place, string? text)
    {
        if (text is not null && seen.Add(text)) AddBody(text, excerpt => new FoundPlace(place, excerpt));
    }

    /// <summary>An id, which must begin with a part of the query. The same id again is not added.</summary>
    public void AddId(FoundIn place, string? id)
    {
        if (id is null || !seen.Add(id)) return;
        Add(query.FindInId(id), ranges => new FoundPlace(place, MarkedText.Whole(id, ranges)));
    }

    /// <summary>A message or a note. Of an HTML document, only the visible text counts.</summary>
    public void AddBody(string body, Func<MarkedText, FoundPlace> toPlace)
    {
        var line = ToLine(HtmlText.IsDocument(body) ? HtmlText.From(body) : body);
        Add(query.FindIn(line), ranges => toPlace(MarkedText.Excerpt(line, query, ranges)));
    }

    private void Add(IReadOnlyList<TextRange?> firsts, Func<IEnumerable<TextRange>, FoundPlace> toPlace)
    {
        var known = found.Count;
        found.UnionWith(firsts.Index().Where(first => first.Item is not null).Select(first => first.Index));
        var isNeeded = found.Count > known || places.Count < MaxPlaces;
        if (isNeeded && firsts.Any(first => first is not null)) places.Add(toPlace(firsts.OfType<TextRange>()));
    }

    // Each run of white space becomes one space, so that an excerpt is a line.
    private static string ToLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
