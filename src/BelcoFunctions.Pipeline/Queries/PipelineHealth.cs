using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary><c>GET /api/health</c>: whether webhooks can be queued and projected. Words only, since anybody may ask.</summary>
public sealed class PipelineHealth(IEventQueue queue, PipelineStorage storage, WebhookSettings settings)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<HttpReply> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = await Task.WhenAll(
            AnswersAsync(queue.CheckAsync, cancellationToken),
            AnswersAsync(storage.CheckTablesAsync, cancellationToken));
        var (queueAnswers, tableAnswers) = (checks[0], checks[1]);
        var body = $"queue: {Word(queueAnswers)}\ntable: {Word(tableAnswers)}\nsignature: {(settings.SignatureRequired ? "on" : "off")}\n";
        return new HttpReply(queueAnswers && tableAnswers ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable,
            "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(body));
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await check(timeout.Token).WaitAsync(timeout.Token);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Word(bool answers) => answers ? "ok" : "unreachable";
}
