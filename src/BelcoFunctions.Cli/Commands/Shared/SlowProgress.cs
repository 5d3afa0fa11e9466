namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Says every two seconds how far a command is, also while it finds nothing. A command that is faster says
/// nothing.</summary>
internal sealed class SlowProgress : IProgress<int>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ITimer timer;
    private int count;

    /// <param name="describe">A line for a count.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="time">The clock.</param>
    public SlowProgress(Func<int, string> describe, TextWriter output, TimeProvider time) => timer = time.CreateTimer(
        _ => output.WriteLine(describe(Count)), state: null, Interval, Interval);

    /// <summary>The count as it was last told.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The count is one more. Any thread may tell it.</summary>
    public void Increment() => Interlocked.Increment(ref count);

    /// <summary>Tells the count.</summary>
    public void Report(int value) => Volatile.Write(ref count, value);

    public void Dispose() => timer.Dispose();
}
