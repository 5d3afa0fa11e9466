namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class BlankTextTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" \t\r\n\u00A0\u2003\u3000\u2028", true)]
    [InlineData("\u200B\u200C\u200D\u200E\u200F\u00AD\u2060\uFEFF", true)]
    [InlineData("\u3164\u2800\uFE0F\u034F\U000E0020", true)]
    [InlineData("\u200Ba", false)]
    [InlineData("\u202E", false)]
    [InlineData("\0", false)]
    [InlineData("👩‍👩‍👧", false)]
    [InlineData("\uD83D", false)]
    public void Only_invisible_text_is_blank(string? text, bool isBlank) => Assert.Equal(isBlank, text.IsBlank());
}
