namespace BelcoFunctions.Testing.Belco;

/// <summary>Holds requests until the test releases them: a moment in the middle of a run.</summary>
internal sealed class BelcoHold
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first request is held.</summary>
    public Task Reached => reached.Task.WaitAsync(TestTimeout.Limit);

    public BelcoFault Fault => exchange =>
    {
        reached.TrySetResult();
        return released.Task.WaitAsync(exchange.Aborted);
    };

    public void Release() => released.TrySetResult();
}
