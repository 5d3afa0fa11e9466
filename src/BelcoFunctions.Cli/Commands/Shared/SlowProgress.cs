namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Writes lines about a command's progress: on a terminal every two seconds, even if the count has not changed. A log
/// gets a line for each tenth of the work, or each minute if it is not known how much there is. A command that ends sooner
/// writes nothing.</summary>
internal sealed class SlowProgress : IProgress<int>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Func<int, string> describe;
    private readonly TextWriter output;
    private readonly TimeProvider time;
    private readonly long began;
    private readonly ITimer timer;
    private int count;
    private int lastStep;

    /// <param name="describe">Formats a count as a line.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="time">The clock.</param>
    public SlowProgress(Func<int, string> describe, TextWriter output, TimeProvider time)
    {
        (this.describe, this.output, this.time) = (describe, output, time);
        began = time.GetTimestamp();
        timer = time.CreateTimer(_ => WriteLine(), state: null, Interval, Interval);
    }

    /// <summary>How much of the work is done when a count is reached, from 0 to 1; null if it is not known.</summary>
    public Func<int, double?> Share { get; init; } = _ => null;

    /// <summary>Whether the lines go to a file or to another program.</summary>
    public bool IsLog { get; init; } = Console.IsErrorRedirected;

    /// <summary>The last reported count.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Adds one to the count. Any thread may call it.</summary>
    public void Increment() => Interlocked.Increment(ref count);

    /// <summary>Sets the count.</summary>
    public void Report(int value) => Volatile.Write(ref count, value);

    public void Dispose() => timer.Dispose();

    private void WriteLine()
    {
        var now = Count;
        if (IsLog)
        {
            var step = Share(now) is { } share ? (int)(share * 10) : (int)time.GetElapsedTime(began).TotalMinutes;
            if (Interlocked.Exchange(ref lastStep, step) == step) return;
        }

        output.WriteLine(describe(now));
    }
}
