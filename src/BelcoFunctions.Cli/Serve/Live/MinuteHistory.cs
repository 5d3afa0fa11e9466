using BelcoFunctions.Viewer.Live;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>What happened in each minute of the last hour, in constant memory.</summary>
internal sealed class MinuteHistory(TimeProvider time)
{
    public const int Minutes = 60;

    private readonly Lock gate = new();
    private readonly MinuteCounts[] minutes = [.. Enumerable.Range(0, Minutes).Select(_ => new MinuteCounts())];

    public void Received(WebhookAnswer answer, DateTimeOffset now)
    {
        lock (gate) At(now).Count(answer);
    }

    public void Projected(TimeSpan lag, DateTimeOffset now)
    {
        lock (gate) At(now).AddLag(lag);
    }

    /// <summary>Records how many events wait in all queues now.</summary>
    public void Waits(int depth, DateTimeOffset now)
    {
        lock (gate) At(now).AddDepth(depth);
    }

    /// <summary>The minutes of the last hour, oldest first. The last one is not over yet.</summary>
    public IReadOnlyList<LiveMinute> Read()
    {
        var current = Number(time.GetUtcNow());
        lock (gate)
        {
            return [.. Enumerable.Range(1 - Minutes, Minutes).Select(ago => ReadMinute(current + ago))];
        }
    }

    private MinuteCounts At(DateTimeOffset now)
    {
        var number = Number(now);
        var minute = minutes[number % Minutes];
        if (minute.Number != number) minute.Restart(number);
        return minute;
    }

    private LiveMinute ReadMinute(long number) => minutes[number % Minutes] is { } minute && minute.Number == number
        ? minute.Read() : new LiveMinute(MinuteCounts.StartOf(number));

    private static long Number(DateTimeOffset now) => now.ToUnixTimeSeconds() / 60;
}
