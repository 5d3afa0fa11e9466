using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Functions;

/// <summary>Applies retention once a day, at 03:15 UTC. Without <c>Retention__ClosedConversationDays</c> it only ends erasures
/// that are unfinished.</summary>
public sealed class RetentionFunction(Retention retention, TimeProvider time)
{
    /// <summary>How long a run may take: less than functionTimeout in host.json, after which the host ends the whole
    /// process. The next run goes on.</summary>
    public static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(4);

    [Function("ApplyRetention")]
    public async Task ApplyAsync([TimerTrigger("0 15 3 * * *")] TimerInfo timer, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(RunTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            await retention.ApplyAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The log has what it did.
        }
    }
}
