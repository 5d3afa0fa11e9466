namespace BelcoFunctions.Testing;

/// <summary>How long tests wait for what happens by itself. A wait ends as soon as it has happened, so the limit is for a machine
/// that many programs share: nobody waits for it unless something is broken.</summary>
internal static class TestTimeout
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two looks. Looking all the time would slow down what is looked at.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A token that is canceled at the limit.</summary>
    public static CancellationTokenSource Start() => new(Limit);

    /// <summary>Looks again and again until something holds.</summary>
    /// <exception cref="OperationCanceledException">It still does not at the limit.</exception>
    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> holds)
    {
        using var timeout = Start();
        while (!await holds(timeout.Token)) await Task.Delay(Pause, timeout.Token);
    }

    /// <summary>The same for something that can be seen at once.</summary>
    public static Task UntilAsync(Func<bool> holds) => UntilAsync(_ => Task.FromResult(holds()));
}
