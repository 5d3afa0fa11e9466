namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>The memory of a process over time, sampled often.</summary>
internal sealed class MemoryCurve
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly List<double> mebibytes = [];

    public double Highest => mebibytes.Max();

    /// <summary>The memory in the last quarter of the time, divided by that in the second quarter. More than 1 is
    /// growth.</summary>
    public double Growth => Quarter(3) / Quarter(1);

    /// <summary>Samples until the task has ended.</summary>
    public async Task FollowAsync(ServerProcess server, Task until)
    {
        using var pace = new PeriodicTimer(Pace);
        do
        {
            mebibytes.Add(server.WorkingSet / 1024.0 / 1024);
            await pace.WaitForNextTickAsync();
        }
        while (!until.IsCompleted);
    }

    private double Quarter(int index)
    {
        var length = Math.Max(1, mebibytes.Count / 4);
        return mebibytes.Skip(index * length).Take(length).DefaultIfEmpty(mebibytes[^1]).Average();
    }
}
