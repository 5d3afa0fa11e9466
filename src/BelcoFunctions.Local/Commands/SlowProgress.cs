namespace BelcoFunctions.Local.Commands;

/// <summary>Says how far a command is, every two seconds. A command that is faster says nothing.</summary>
/// <param name="describe">A line for a count.</param>
/// <param name="output">Gets the lines.</param>
/// <param name="time">The clock.</param>
internal sealed class SlowProgress(Func<int, string> describe, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long last = time.GetTimestamp();
    private int count;

    /// <summary>The count as it was last told.</summary>
    public int Count => count;

    /// <summary>The count is one more. Any thread may tell it.</summary>
    public void Increment()
    {
        lock (gate) Report(count + 1);
    }

    /// <summary>Tells the count.</summary>
    public void Report(int value)
    {
        lock (gate)
        {
            count = value;
            if (time.GetElapsedTime(last) < Interval) return;
            last = time.GetTimestamp();
            output.WriteLine(describe(count));
        }
    }
}
