namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Allows one entry in each interval, so that nobody can fill the log with posts.</summary>
internal sealed class OncePerInterval(TimeSpan interval, TimeProvider time)
{
    private readonly Lock gate = new();
    private long? last;

    public bool TryEnter()
    {
        lock (gate)
        {
            if (last is { } entered && time.GetElapsedTime(entered) < interval) return false;
            last = time.GetTimestamp();
            return true;
        }
    }
}
