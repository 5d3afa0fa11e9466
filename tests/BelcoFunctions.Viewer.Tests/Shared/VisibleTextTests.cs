namespace BelcoFunctions.Viewer.Tests.Shared;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a\0b\u0007c", "a␀b␇c")]
    [InlineData("\u001b[31m", "␛[31m")]
    [InlineData("\u007f\u0085", "␡[U+0085]")]
    [InlineData("\u202Etxt.exe", "[U+202E]txt.exe")]
    [InlineData("\u2066\u2069", "[U+2066][U+2069]")]
    public void A_control_character_and_a_mark_that_changes_the_direction_are_visible_everywhere(string text, string visible)
    {
        Assert.Equal(visible, VisibleText.OfBody(text));
        Assert.Equal(visible, VisibleText.OfLine(text));
    }

    [Fact]
    public void A_message_keeps_its_line_breaks_and_tabs_and_an_id_is_one_line()
    {
        Assert.Equal("a\n\tb\nc", VisibleText.OfBody("a\r\n\tb\nc"));
        Assert.Equal("a␍␊␉b", VisibleText.OfLine("a\r\n\tb"));
        Assert.Equal("a b c", VisibleText.OfExcerpt("  a\r\n\tb\n\nc "));
    }

    [Fact]
    public void Every_kind_of_line_break_breaks_the_line_of_a_message_and_a_separator_in_a_line_is_a_space()
    {
        Assert.Equal("a\nb\n\nc\nd\ne", VisibleText.OfBody("a\rb\r\rc\u2028d\u2029e"));
        Assert.Equal("a b c", VisibleText.OfLine("a\u2028b\u2029c"));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character() =>
        Assert.Equal("a\uFFFDb", VisibleText.OfBody("a" + '\uD83D' + "b"));

    [Theory]
    [InlineData("👩‍👩‍👧 🎉")]
    [InlineData("می‌خواهم")]
    [InlineData("שלום\u200F!")]
    [InlineData("\u200E+31 20\u00AD\u061C\uFEFF")]
    public void Emoji_and_the_marks_of_other_scripts_stay(string text)
    {
        Assert.Equal(text, VisibleText.OfBody(text));
        Assert.Equal(text, VisibleText.OfLine(text));
        Assert.Equal(text, VisibleText.OfExcerpt(text));
    }
}
