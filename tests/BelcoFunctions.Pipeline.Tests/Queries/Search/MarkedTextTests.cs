using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

public sealed class MarkedTextTests
{
    private const int Longest = 1_100;

    [Fact]
    public void An_excerpt_begins_and_ends_with_whole_words()
    {
        var words = string.Join(' ', Enumerable.Range(100, 200));
        var excerpt = FoundText.Excerpt("retour", $"{words} retour {words}")!;
        Assert.StartsWith("…285 286", excerpt, StringComparison.Ordinal);
        Assert.Contains(" 299 [retour] 100 ", excerpt, StringComparison.Ordinal);
        Assert.EndsWith(" 142…", excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_are_far_apart_are_in_up_to_three_excerpts()
    {
        var gap = string.Concat(Enumerable.Repeat(" x", 1_000));
        var excerpt = FoundText.Excerpt("one two three four", $"one{gap} two{gap} three{gap} four")!;
        Assert.StartsWith("[one] x", excerpt, StringComparison.Ordinal);
        Assert.Contains(" … x", excerpt, StringComparison.Ordinal);
        Assert.Contains("[two]", excerpt, StringComparison.Ordinal);
        Assert.Contains("[three]", excerpt, StringComparison.Ordinal);
        Assert.DoesNotContain("four", excerpt, StringComparison.Ordinal);
        Assert.InRange(excerpt.Length, 3 * 200, 3 * 270);
    }

    [Fact]
    public void A_short_text_is_its_own_excerpt() =>
        Assert.Equal("one [two] three", FoundText.Excerpt("two", "one two three"));

    [Fact]
    public void A_text_without_spaces_is_cut_between_characters()
    {
        var smiles = string.Concat(Enumerable.Repeat("😀", 50_000));
        foreach (var before in (string[])["", "x"])
        {
            var excerpt = FoundText.Excerpt("retour", $"{before}{smiles}retour{smiles}")!;
            Assert.Contains("😀[retour]😀", excerpt, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', string.Concat(excerpt.EnumerateRunes().Select(rune => rune.ToString())));
            Assert.InRange(excerpt.Length, 200, Longest);
        }
    }

    [Fact]
    public void A_letter_with_a_hundred_thousand_diacritics_makes_no_long_excerpt()
    {
        var text = "Z" + new string('\u0301', 100_000) + "oe";
        Assert.InRange(FoundText.Excerpt("zoe", text)!.Length, 1, Longest);
        Assert.InRange(FoundText.Excerpt("z", text)!.Length, 1, Longest);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_character_of_its_own()
    {
        Assert.Equal("\uD83D [retour] \uDE00", FoundText.Excerpt("retour", "\uD83D retour \uDE00"));
        Assert.Equal("a [😀] b", FoundText.Excerpt("😀", "a 😀 b"));
        Assert.Null(FoundText.Excerpt("😀", "a \uD83D b"));
    }

    [Fact]
    public void Pieces_join_to_the_text_and_what_is_found_folds_to_the_query()
    {
        string[] characters = ["a", "A", "á", "a\u0301", "ß", "1", "-", "#", " ", "😀", "\uD83D", "\u200B", "ｶ", "\u0301"];
        var random = new Random(27);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Take(40);
            if (SearchQuery.Read(Take(3)).Query is not { } query) continue;
            var found = MarkedText.Whole(text, query.FindAll(text));
            Assert.Equal(text, string.Concat(found.Pieces.Select(piece => piece.Text)));
            Assert.All(found.Pieces, piece => Assert.NotEqual("", piece.Text));
            Assert.Equal(query.FindIn(text).Any(range => range is not null), found.Pieces.Any(piece => piece.IsFound));
        }

        string Take(int length) => string.Concat(random.GetItems(characters, length));
    }
}
