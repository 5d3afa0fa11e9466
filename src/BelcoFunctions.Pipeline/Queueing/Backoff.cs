namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>How long to wait before an abandoned event is delivered again.</summary>
public static class Backoff
{
    /// <summary>The longest wait. It is short because events wait this long even after the store works again.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    /// <summary>2, 4, 8, 16, then 20 s, reduced by up to a quarter at random, so that not all come back at once.</summary>
    /// <param name="deliveryCount">Deliveries so far, 1 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int deliveryCount, double random)
    {
        var full = Math.Min(Math.Pow(2, Math.Clamp(deliveryCount, 1, 10)), Max.TotalSeconds);
        return TimeSpan.FromSeconds(full * (1 - random / 4));
    }
}
