namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>
/// Notices when events arrive fast. Projections then wait a little: Belco pauses a webhook that is answered too slowly, but a row
/// may come a second later.
/// </summary>
internal sealed class ArrivalRate(TimeProvider time)
{
    /// <summary>Fast means this many events in <see cref="Step"/>: 1,600 a second.</summary>
    public const int FastEvents = 32;

    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // When the last events arrived; the next one takes the place of the oldest.
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
