using BelcoFunctions.Reporting.Text;

namespace BelcoFunctions.Viewer.Tests.Shared;

public sealed class ShorteningTests
{
    [Theory]
    [InlineData("GKa97c5NNLzcWcHhP", "GKa97c…")]
    [InlineData("1234567", "1234567")]
    [InlineData("", "")]
    [InlineData("12345🎉🎉🎉", "12345…")]
    public void An_id_is_cut_to_its_first_characters_but_never_within_one(string id, string cut) =>
        Assert.Equal(cut, ShortId.Format(id));

    [Fact]
    public void A_text_of_a_few_lines_is_shown_whole() => Assert.Null(Preview.From("line one\nline two"));

    [Fact]
    public void A_long_text_is_cut_after_its_first_lines_or_characters()
    {
        Assert.Equal(1_200, Preview.From(new string('x', 100_000))!.Length);
        Assert.Equal(15, Preview.From(string.Concat(Enumerable.Repeat("a\n", 40)))!.Count(character => character == '\n'));
        // The 1,200th character is the first half of an emoji.
        Assert.Equal(1_199, Preview.From(new string('x', 1_199) + "🎉🎉")!.Length);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(33.331, "33 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_599, "59 min 59 s")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(273_600, "3 d 4 h")]
    [InlineData(864_000_000, "10,000 d")]
    public void A_duration_has_its_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, DurationText.Format(TimeSpan.FromSeconds(seconds)).Replace('\u00A0', ' '));
}
