namespace BelcoFunctions.Testing;

/// <summary>How long tests wait for a condition. A wait ends as soon as the condition holds, so the limit matters only on a
/// busy machine or if something is broken.</summary>
internal static class TestTimeout
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two checks. Constant checks would slow down the tested program.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A token that is canceled at the limit.</summary>
    public static CancellationTokenSource Start() => new(Limit);

    /// <summary>Checks again and again until a condition holds.</summary>
    /// <exception cref="OperationCanceledException">The condition does not hold within the limit.</exception>
    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> holds)
    {
        using var timeout = Start();
        while (!await holds(timeout.Token)) await Task.Delay(Pause, timeout.Token);
    }

    /// <summary>The same for a synchronous condition.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(_ => Task.FromResult(holds()));
}
