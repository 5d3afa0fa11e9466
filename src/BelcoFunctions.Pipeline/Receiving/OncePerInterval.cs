namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Lets one through in each interval, so that nobody who may post can fill the log.</summary>
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
