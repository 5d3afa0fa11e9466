using System.Diagnostics;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>Each method makes one forbidden call. No method is ever run.</summary>
internal static class NotReplayable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Task ParallelLoop() => Parallel.ForAsync(0, 1, (_, _) => default);

    public static async Task ParallelLoopInAsyncMethod() => await Parallel.ForEachAsync([1], (_, _) => default);

    public static Func<double> ChanceInLambda() => () => NextDouble(Random.Shared);

    public static Task ThreadPoolTask() => Task.Run(() => { });

    public static DateTime LocalTime() => DateTime.Now;

    public static DateTime UtcTime() => DateTime.UtcNow;

    public static DateTimeOffset LocalOffsetTime() => DateTimeOffset.Now;

    public static DateTimeOffset UtcOffsetTime() => DateTimeOffset.UtcNow;

    public static long Stopwatches() => Stopwatch.GetTimestamp();

    public static TimeProvider SystemClock() => TimeProvider.System;

    public static Guid RandomId() => Guid.NewGuid();

    public static Task DelayOfSystemClock() => Task.Delay(Second);

    public static Task DelayOfMilliseconds() => Task.Delay(1, CancellationToken.None);

    public static Task WaitOfSystemClock() => Task.CompletedTask.WaitAsync(Second);

    public static Task WaitForResultOfSystemClock() => Task.FromResult(1).WaitAsync(Second);

    public static CancellationTokenSource CancellationOfSystemClock() => new(Second);

    public static void CancellationLater(CancellationTokenSource source) => source.CancelAfter(Second);

    public static PeriodicTimer PeriodicTimerOfSystemClock() => new(Second);

    public static Timer TimerOfSystemClock() => new(_ => { }, null, Second, Second);

    public static void Sleep() => Thread.Sleep(Second);

    private static double NextDouble(object _) => 0;
}

/// <summary>The allowed calls.</summary>
internal static class Replayable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task WaitAsync(TimeProvider time)
    {
        await Task.Delay(Second, time);
        using var source = new CancellationTokenSource(Second, time);
        using var timer = new PeriodicTimer(Second, time);
        using var other = new CancellationTokenSource();
        await Task.CompletedTask.WaitAsync(source.Token);
        await Task.CompletedTask.WaitAsync(Second, time);
        _ = time.GetUtcNow();
    }
}
