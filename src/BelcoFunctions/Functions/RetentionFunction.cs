using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Functions;

/// <summary>Applies retention and then measures how complete the archive is, once a day, at 03:15 UTC. Without
/// <c>Retention__ClosedConversationDays</c>, retention only completes unfinished erasures.</summary>
public sealed class RetentionFunction(Retention retention, CompletenessCheck completeness, TimeProvider time)
{
    /// <summary>How long a run may take; the next run continues. It is less than functionTimeout in host.json, after which
    /// the host ends the whole process.</summary>
    public static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(4);

    [Function("ApplyRetention")]
    public async Task ApplyAsync([TimerTrigger("0 15 3 * * *")] TimerInfo timer, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(RunTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            // First, so that neither the time that measuring takes nor its errors keep anything from being erased.
            await retention.ApplyAsync(ending.Token);
            await completeness.RunAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The time is over. The log says what was done.
        }
    }
}
