namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Detects when events arrive fast. Projecting then waits a little, so that webhooks are answered first: Belco
/// pauses webhooks that are answered too slowly, but nothing goes wrong if rows are written a second late.</summary>
internal sealed class ArrivalRate(TimeProvider time)
{
    /// <summary>Fast means this many events in <see cref="Step"/>: 1,600 a second.</summary>
    public const int FastEvents = 32;

    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // The times of the last arrivals. The next one replaces the oldest.
    private readonly long[] arrivals = new long[FastEvents];
    private int last;

    private bool IsFast => Volatile.Read(ref arrivals[Index(last + 1)]) is not 0 and var oldest
        && time.GetElapsedTime(oldest) < Step;

    public void Add() => Volatile.Write(ref arrivals[Index(Interlocked.Increment(ref last))], time.GetTimestamp());

    /// <summary>Waits in short steps while events arrive fast, at most <see cref="LongestWait"/> in all.</summary>
    public async Task WaitWhileFastAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; IsFast && waited < LongestWait; waited += Step)
        {
            await Task.Delay(Step, time, cancellationToken);
        }
    }

    private static int Index(int arrival) => (int)((uint)arrival % FastEvents);
}
