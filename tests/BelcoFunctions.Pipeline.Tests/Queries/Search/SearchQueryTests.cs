using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("retour", "Uw RETOUR is binnen", "Uw [RETOUR] is binnen")]
    [InlineData("label", "een retourlabel", "een retour[label]")]
    [InlineData("van dam", "Zoë van Damme", "Zoë [van] [Dam]me")]
    [InlineData("abc bcd", "abcd", "[abcd]")]
    [InlineData("aba", "ababa", "[aba]ba")]
    [InlineData("\"retour,\" (label)", "retour label", "[retour] [label]")]
    [InlineData("c++", "C++ en C", "[C++] en C")]
    [InlineData("jan@example.com", "Mail Jan@Example.com!", "Mail [Jan@Example.com]!")]
    public void Words_are_found_anywhere_in_any_order_and_in_any_case(string query, string text, string found) =>
        Assert.Equal(found, FoundText.Excerpt(query, text));

    [Theory]
    [InlineData("zoe", "Zoë", "[Zoë]")]
    [InlineData("ZOË", "zoe", "[zoe]")]
    [InlineData("zoe", "Zoe\u0308!", "[Zoe\u0308]!")]
    [InlineData("zoe\u0308", "Zoë", "[Zoë]")]
    [InlineData("zo", "Zoe\u0308", "[Zo]e\u0308")]
    [InlineData("zoe", "Z\u0334\u0321\u0351oe", "[Z\u0334\u0321\u0351oe]")]
    [InlineData("strasse", "Hauptstraße 5", "Haupt[straße] 5")]
    [InlineData("ss", "STRAẞE", "STRA[ẞ]E")]
    [InlineData("soren lukasz", "Søren Łukasz", "[Søren] [Łukasz]")]
    [InlineData("istanbul", "İstanbul", "[İstanbul]")]
    [InlineData("ijssel", "ĳssel", "[ĳssel]")]
    [InlineData("αθηνα", "Αθήνα", "[Αθήνα]")]
    [InlineData("елка", "Ёлка", "[Ёлка]")]
    [InlineData("retour", "re\u00ADto\u200Bur", "[re\u00ADto\u200Bur]")]
    [InlineData("retour", "ｒｅｔｏｕｒ", "[ｒｅｔｏｕｒ]")]
    public void Diacritics_and_invisible_characters_do_not_matter(string query, string text, string found) =>
        Assert.Equal(found, FoundText.Excerpt(query, text));

    [Theory]
    [InlineData("20240017", "order #2024-0017.", "order #[2024-0017].")]
    [InlineData("#2024-0017", "order 20240017", "order [20240017]")]
    [InlineData("2024–0017", "2024-0017", "[2024-0017]")]
    [InlineData("ord20240017", "ORD-2024-0017", "[ORD-2024-0017]")]
    [InlineData("# 17", "nr. 17", "nr. [17]")]
    [InlineData("0017", "2024-0017", "2024-[0017]")]
    [InlineData("١٢", "no. 12", "no. [12]")]
    [InlineData("06-12345678", "bel 0612345678", "bel [0612345678]")]
    public void A_number_is_found_with_and_without_its_marks(string query, string text, string found) =>
        Assert.Equal(found, FoundText.Excerpt(query, text));

    [Theory]
    [InlineData("retour label", "retour")]
    [InlineData("กิน", "กัน")]
    [InlineData("a-b", "a b")]
    public void A_text_without_a_part_of_the_query_does_not_match(string query, string text) =>
        Assert.Null(FoundText.Excerpt(query, text));

    [Theory]
    [InlineData("sszx", "sSzxq7tMBFmCY28o8", "[sSzx]q7tMBFmCY28o8")]
    [InlineData("sSzxq7…", "sSzxq7tMBFmCY28o8", "[sSzxq7]tMBFmCY28o8")]
    [InlineData("c1", "c1", "[c1]")]
    [InlineData("ssz", "sSzxq7tMBFmCY28o8", null)]
    [InlineData("szxq", "sSzxq7tMBFmCY28o8", null)]
    [InlineData("c", "c1", null)]
    [InlineData("c", "", null)]
    public void An_id_is_found_by_its_first_four_characters_or_as_a_whole(string query, string id, string? found)
    {
        var range = Assert.Single(FoundText.Query(query).FindInId(id));
        Assert.Equal(found, range is { } first ? FoundText.Show(MarkedText.Whole(id, [first])) : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u00A0\u2028")]
    [InlineData("# - … ?!")]
    [InlineData("\u0301\u200B")]
    public void Without_a_word_there_is_nothing_to_search_for(string text) => Assert.Equal(
        (null, "There is nothing to search for. Give a word, an order number, a name or the beginning of an id."),
        SearchQuery.Read(text));

    [Fact]
    public void A_query_has_at_most_200_characters()
    {
        Assert.NotNull(SearchQuery.Read(new string('x', 200)).Query);
        Assert.Equal((null, "The text is longer than 200 characters. Give fewer words."), SearchQuery.Read(new string('x', 201)));
    }
}
