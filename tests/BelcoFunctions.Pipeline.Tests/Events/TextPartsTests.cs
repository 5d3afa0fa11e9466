using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class TextPartsTests
{
    // Emoji and letters, so that every cut would split a surrogate pair.
    private static readonly Gen<string> Text =
        Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("😀")).Array[0, 50].Select(parts => string.Concat(parts));

    [Fact]
    public void Parts_join_to_the_text_and_none_is_too_long_or_splits_a_pair() =>
        Gen.Select(Text, Gen.Int[2, 20]).Sample((text, length) =>
        {
            var parts = TextParts.Split(text, length).ToList();
            Assert.Equal(text, string.Concat(parts));
            Assert.All(parts, part => Assert.InRange(part.Length, text.Length == 0 ? 0 : 1, length));
            Assert.All(parts, AssertWhole);
        });

    [Fact]
    public void A_cut_keeps_as_much_as_it_may() => Gen.Select(Text, Gen.Int[1, 60]).Sample((text, length) =>
    {
        var cut = text.Truncate(length);
        Assert.StartsWith(cut, text, StringComparison.Ordinal);
        Assert.InRange(cut.Length, Math.Min(text.Length, length) - 1, length);
        AssertWhole(cut);
    });

    [Fact]
    public void An_empty_text_is_one_part() => Assert.Equal([""], TextParts.Split("", 10));

    [Fact]
    public void Half_a_pair_is_a_character_like_any_other()
    {
        Assert.Equal("a\ud83d", "a\ud83d".Truncate(2));
        Assert.Equal("\ud83d", "\ud83da".Truncate(1));
        Assert.Equal("a", "a\ude00".Truncate(1));
    }

    private static void AssertWhole(string text) => Assert.DoesNotContain('\uFFFD', string.Concat(text.EnumerateRunes()));
}
