namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>How long to wait before a released delivery may come again.</summary>
public static class Backoff
{
    /// <summary>The longest wait: short, because waiting longer is what delays every other event once the store is back.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    /// <summary>2, 4, 8, 16, 20 s, less up to a quarter of it at random, so that many do not return at once.</summary>
    /// <param name="deliveryCount">Deliveries so far, 1 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int deliveryCount, double random)
    {
        var full = Math.Min(Math.Pow(2, Math.Clamp(deliveryCount, 1, 10)), Max.TotalSeconds);
        return TimeSpan.FromSeconds(full * (1 - random / 4));
    }
}
