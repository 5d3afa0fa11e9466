using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>Shows the progress of an erasure, and remembers the last numbers. A log gets a line for each tenth of the
/// conversations.</summary>
/// <param name="show">Shows a line in place of the one before.</param>
/// <param name="expected">How many conversations were found.</param>
/// <param name="isLog">Whether the lines go to a file or to another program.</param>
internal sealed class ErasureProgress(Action<string> show, int expected, bool isLog) : IProgress<ErasureReceipt>
{
    private int lastTenth;

    public ErasureReceipt Last { get; private set; }

    public void Report(ErasureReceipt value)
    {
        Last = value;
        var tenth = (int)(10L * value.Conversations / Math.Max(1, expected));
        if (isLog && tenth == lastTenth) return;
        lastTenth = tenth;
        show($"Erasing … {CountText.Format(value.Conversations, "conversation")} erased");
    }
}
