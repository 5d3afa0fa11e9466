using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ErasureProgressTests
{
    [Theory]
    [InlineData(true, 10)]
    [InlineData(false, 200)]
    public void A_log_gets_a_line_for_each_tenth_and_a_terminal_every_number(bool isLog, int lines)
    {
        List<string> shown = [];
        var progress = new ErasureProgress(shown.Add, expected: 200, isLog);

        for (var count = 1; count <= 200; count++) progress.Report(new ErasureReceipt { Conversations = count });

        Assert.Equal(lines, shown.Count);
        Assert.Equal("Erasing … 200 conversations erased", shown[^1]);
        Assert.Equal(200, progress.Last.Conversations);
    }
}
