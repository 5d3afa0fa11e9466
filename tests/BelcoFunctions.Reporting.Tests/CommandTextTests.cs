using BelcoFunctions.Reporting.Text;

namespace BelcoFunctions.Reporting.Tests;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("G4ag3eGyiKibrGcM7", "G4ag3eGyiKibrGcM7")]
    [InlineData("..", "..")]
    [InlineData("two words", "'two words'")]
    [InlineData("$(reboot)`;\"", "'$(reboot)`;\"'")]
    [InlineData("it's", @"'it'\''s'")]
    public void A_shell_reads_the_id_as_one_word(string shopId, string word) =>
        Assert.Equal($"belco import --shop {word}", CommandText.Import(shopId));
}
