namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Writes a line about a command's progress every two seconds, even if the count has not changed. A command that
/// ends sooner writes nothing.</summary>
internal sealed class SlowProgress : IProgress<int>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ITimer timer;
    private int count;

    /// <param name="describe">Formats a count as a line.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="time">The clock.</param>
    public SlowProgress(Func<int, string> describe, TextWriter output, TimeProvider time) => timer = time.CreateTimer(
        _ => output.WriteLine(describe(Count)), state: null, Interval, Interval);

    /// <summary>The last reported count.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Adds one to the count. Any thread may call it.</summary>
    public void Increment() => Interlocked.Increment(ref count);

    /// <summary>Sets the count.</summary>
    public void Report(int value) => Volatile.Write(ref count, value);

    public void Dispose() => timer.Dispose();
}
