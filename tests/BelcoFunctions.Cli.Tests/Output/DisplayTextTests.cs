using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Output;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("a\r\n\tb\u2028c", "a   b c")]
    [InlineData("\u001b[31m\0\u0085\u202E\u2066", "\uFFFD[31m\uFFFD \uFFFD\uFFFD")]
    [InlineData("می\u200Cخواهم 👨\u200D👩\u200D👧 שלום\u200F", "می\u200Cخواهم 👨\u200D👩\u200D👧 שלום\u200F")]
    public void Only_characters_that_could_move_the_cursor_or_reverse_the_line_are_replaced(string text, string clean) =>
        Assert.Equal(clean, DisplayText.Clean(text));
}
