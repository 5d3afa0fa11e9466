using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Whether webhooks can be queued and projected.</summary>
public sealed class PipelineHealth(IEventQueue queue, PipelineStorage storage, WebhookSettings settings, TimeProvider time)
{
    /// <summary>How long an answer is reused. A check costs nine requests, and anybody may ask at any rate.</summary>
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<HealthReport>? lastCheck;
    private long lastCheckBegan;

    /// <summary>Returns the result of the last check if it began less than ten seconds ago, else of a new one.
    /// Calls at the same time share a check.</summary>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (lastCheck is null || time.GetElapsedTime(lastCheckBegan) >= AnswerLifetime)
            {
                lastCheckBegan = time.GetTimestamp();
                lastCheck = CheckNowAsync();
            }

            // The check goes on without this caller: others may wait for it.
            return lastCheck.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthReport> CheckNowAsync()
    {
        var checks = await Task.WhenAll(AnswersAsync(queue.CheckAsync), AnswersAsync(storage.CheckTablesAsync));
        return new HealthReport(QueueAnswers: checks[0], TableAnswers: checks[1], settings.Signature);
    }

    private async Task<bool> AnswersAsync(Func<CancellationToken, Task> check)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            await check(timeout.Token).WaitAsync(timeout.Token);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}

/// <summary>The result of a health check.</summary>
/// <param name="QueueAnswers">Whether the queues answered in time.</param>
/// <param name="TableAnswers">Whether both tables answered in time.</param>
/// <param name="Signature">Whether webhooks must be signed.</param>
public sealed record HealthReport(bool QueueAnswers, bool TableAnswers, SignatureRule Signature)
{
    /// <summary>Whether webhooks can be queued and projected.</summary>
    public bool IsHealthy => QueueAnswers && TableAnswers;
}
