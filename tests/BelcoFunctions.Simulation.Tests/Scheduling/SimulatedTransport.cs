using Azure.Core;
using Azure.Core.Pipeline;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>Below the real SDK: hands a writer's requests to the scheduler.</summary>
internal sealed class SimulatedTransport(WriterClients clients, bool isTable) : HttpPipelineTransport
{
    public override Request CreateRequest() => new SimulatedRequest();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(clients.Writer.Send(new OpenRequest(message, isTable)));
    }

    public override void Process(HttpMessage message) => throw new NotSupportedException("The library waits for nothing.");
}
