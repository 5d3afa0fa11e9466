namespace BelcoFunctions.Local.Exporting;

/// <summary>Says every two seconds how far an export is, also while it finds nothing. One that is faster says nothing.</summary>
internal sealed class RowProgress : IProgress<int>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ITimer timer;
    private volatile int count;

    /// <param name="noun">What is counted, like <c>events</c>.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="time">The clock.</param>
    public RowProgress(string noun, TextWriter output, TimeProvider time) => timer = time.CreateTimer(
        _ => output.WriteLine($"Reading … {count} {noun}"), state: null, Interval, Interval);

    public void Report(int value) => count = value;

    public void Dispose() => timer.Dispose();
}
