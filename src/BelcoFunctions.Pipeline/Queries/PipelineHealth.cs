using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary><c>GET /api/health</c>: whether webhooks can be queued and projected. Status words only, since anybody may ask.</summary>
public sealed class PipelineHealth(IEventQueue queue, PipelineStorage storage, WebhookSettings settings, TimeProvider time)
{
    /// <summary>How long an answer is used again. A check costs nine requests, and anybody may ask, as often as they like.</summary>
    public static readonly TimeSpan AnswerLifetime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<HttpReply>? lastCheck;
    private long lastCheckBegan;

    /// <summary>The answer: of the last check if that began within <see cref="AnswerLifetime"/>, else of a new one. Calls at the same
    /// time share a check.</summary>
    public Task<HttpReply> CheckAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (lastCheck is null || (lastCheck.IsCompleted && time.GetElapsedTime(lastCheckBegan) >= AnswerLifetime))
            {
                lastCheckBegan = time.GetTimestamp();
                lastCheck = CheckNowAsync();
            }

            // The check goes on without this caller: others may wait for it.
            return lastCheck.WaitAsync(cancellationToken);
        }
    }

    private async Task<HttpReply> CheckNowAsync()
    {
        var checks = await Task.WhenAll(AnswersAsync(queue.CheckAsync), AnswersAsync(storage.CheckTablesAsync));
        var (queueAnswers, tableAnswers) = (checks[0], checks[1]);
        var body = $"queue: {Word(queueAnswers)}\ntable: {Word(tableAnswers)}\nsignature: {(settings.SignatureRequired ? "on" : "off")}\n";
        return new HttpReply(queueAnswers && tableAnswers ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable,
            "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(body));
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

    private static string Word(bool answers) => answers ? "ok" : "unreachable";
}
