using BelcoFunctions.Generator.Talk;

namespace BelcoFunctions.Generator.Tests;

public sealed class TalkTests
{
    [Fact]
    public void Both_languages_have_the_same_subjects_with_the_same_turns() => Assert.Equal(
        Shape(TalkBook.In(Language.Dutch)), Shape(TalkBook.In(Language.English)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_answer_that_is_paired_has_as_many_texts_as_its_question(int language) => Assert.All(
        TalkBook.In((Language)language).Scripts, script => Assert.All(script.Turns.Zip(script.Turns.Skip(1)), pair =>
        {
            if (pair.Second.IsPaired) Assert.Equal(pair.First.Texts.Count, pair.Second.Texts.Count);
        }));

    private static IEnumerable<string> Shape(TalkBook talk) => talk.Scripts.Select(script => string.Join(", ",
        script.Turns.Select(turn => $"{turn.Kind} {turn.Texts.Count} {turn.IsOptional} {turn.IsPaired} {turn.File}")));
}
