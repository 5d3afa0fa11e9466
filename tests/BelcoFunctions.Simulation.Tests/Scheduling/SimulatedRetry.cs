using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The SDK's retries as the library configures them, but with the simulated clock. The SDK's own policy waits with
/// the system's clock.</summary>
internal sealed class SimulatedRetry(WriterClients clients) : HttpPipelinePolicy
{
    public const string Outage = "x-simulated-outage";

    private const int MaxRetries = 3;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        for (var retry = 0; ; retry++)
        {
            var wait = Delay * Math.Pow(2, retry);
            try
            {
                await ProcessNextAsync(message, pipeline);
                if (retry == MaxRetries || !message.ResponseClassifier.IsRetriableResponse(message)
                    || message.Response.Headers.Contains(Outage)) return;
                if (message.Response.Headers.TryGetValue("Retry-After", out var seconds))
                {
                    wait = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
                }
            }
            catch (Exception exception)
                when (retry < MaxRetries && message.ResponseClassifier.IsRetriable(message, exception))
            {
                // Send again, as after a lost connection.
            }

            await clients.Writer.Time.WaitAsync(wait, message.CancellationToken);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The library waits for nothing.");
}
