namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>An operation that is too fast to be measured once, so a round repeats it.</summary>
internal static class Operation
{
    public const string Nanoseconds = "ns of processor time";
    public const string Bytes = "bytes allocated";

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(300);

    // The JIT compiles a method again after it has seen how the method is used.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>A side that repeats an operation on one thread, and measures the cost of one repetition.</summary>
    /// <param name="name">What it is called in tables.</param>
    /// <param name="operation">Returns a value that depends on all its work, so that the JIT cannot remove any of it.</param>
    public static Side Side<T>(string name, Func<T> operation)
    {
        var repetitions = 0;
        return new Side(name, _ =>
        {
            if (repetitions == 0) repetitions = Calibrate(operation);
            return Task.FromResult(Measure(operation, repetitions));
        });
    }

    private static int Calibrate<T>(Func<T> operation)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0);
        for (; clock.Elapsed < WarmUp; count++) Consume(operation());
        return Math.Max(1, (int)(count * (RoundTime / WarmUp)));
    }

    private static Reading Measure<T>(Func<T> operation, int repetitions)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // Processor time does not include the work of other programs.
        var (started, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var repetition = 0; repetition < repetitions; repetition++) Consume(operation());
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Reading
        {
            [Nanoseconds] = (Environment.CpuUsage.TotalTime - started).TotalNanoseconds / repetitions,
            [Bytes] = (double)allocated / repetitions,
        };
    }

    // A call that the JIT cannot optimize away.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Consume<T>(T value) => _ = value;
}
