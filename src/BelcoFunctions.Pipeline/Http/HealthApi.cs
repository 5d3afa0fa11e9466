using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Health, in status words only, since anybody may ask.</summary>
public sealed class HealthApi(PipelineHealth health)
{
    /// <summary><c>GET /api/health</c></summary>
    public async Task<HttpReply> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await health.CheckAsync(cancellationToken);
        var body = $"""
            queue: {Word(report.QueueAnswers)}
            table: {Word(report.TableAnswers)}
            signature: {Word(report.Signature)}

            """.ReplaceLineEndings("\n");
        return new HttpReply(report.IsHealthy ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable,
            "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(body));
    }

    private static string Word(SignatureRule signature) => signature switch
    {
        SignatureRule.On => "on",
        SignatureRule.NotEnforced => "not enforced",
        _ => "off",
    };

    private static string Word(bool answers) => answers ? "ok" : "unreachable";
}
