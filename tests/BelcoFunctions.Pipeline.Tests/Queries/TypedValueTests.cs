using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class TypedValueTests
{
    [Theory]
    [InlineData("closed", "closed", true)]
    [InlineData("Closed", "closed", true)]
    [InlineData(" CLOSED\t", "closed", true)]
    [InlineData("clos", "closed", false)]
    [InlineData("clos…", "closed", true)]
    [InlineData("Unknown", null, true)]
    [InlineData("unknown", "", true)]
    [InlineData("…", "closed", false)]
    [InlineData("snoozed", "Snoozed", true)]
    [InlineData("closed", null, false)]
    public void A_status_is_accepted_as_it_is_stored_and_as_people_see_it(string typed, string? stored, bool matches) =>
        Assert.Equal(matches, TypedValue.From(typed)!.Value.Is(stored, ShownWords.OfStatus(stored)));

    [Theory]
    [InlineData("YX6HM6…", "YX6HM6Sfbt4GvbvZb", true)]
    [InlineData("YX6", "YX6HM6Sfbt4GvbvZb", true)]
    [InlineData("YX6HM6Sfbt4GvbvZb", "YX6HM6Sfbt4GvbvZb", true)]
    [InlineData("yx6", "YX6HM6Sfbt4GvbvZb", false)]
    [InlineData("X6", "YX6HM6Sfbt4GvbvZb", false)]
    public void An_id_is_found_by_its_first_characters(string typed, string id, bool matches) =>
        Assert.Equal(matches, TypedValue.From(typed)!.Value.Begins(id));

    [Theory]
    [InlineData("Zoë", "Zoë de Vries", true)]
    [InlineData("zoë D", "Zoë de Vries", true)]
    [InlineData("vries", "Zoë de Vries", true)]
    [InlineData("zoe", "Zoë de Vries", true)]
    [InlineData("Zoë", "Zoe de Vries", true)]
    [InlineData("ries", "Zoë de Vries", false)]
    [InlineData("\u0301", "Zoë de Vries", false)]
    [InlineData("Zoë de V…", "Zoë de Vries", true)]
    [InlineData("Vries", " Vries ", true)]
    [InlineData("a", "", false)]
    [InlineData("a", "  ", false)]
    public void A_name_is_found_by_the_first_characters_of_any_of_its_words(string typed, string name, bool matches) =>
        Assert.Equal(matches, TypedValue.From(typed)!.Value.BeginsName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u00A0")]
    public void White_space_is_no_value(string? typed) => Assert.Null(TypedValue.From(typed));

    [Fact]
    public void A_sentence_quotes_at_most_60_characters_and_splits_no_pair()
    {
        Assert.Equal("\"Closed\"", TypedValue.From(" Closed ")!.Value.Quoted);
        Assert.Equal($"\"{new string('x', 59)}…\"", TypedValue.From(new string('x', 59) + "🎉🎉")!.Value.Quoted);
    }
}
