using Azure.Core;
using Azure.Core.Pipeline;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Conformance;

/// <summary>Answers each request at once.</summary>
internal sealed class ImmediateTransport(SimulatedStore store, bool isTable) : HttpPipelineTransport
{
    public override Request CreateRequest() => new SimulatedRequest();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Process(message);
        return default;
    }

    public override void Process(HttpMessage message)
    {
        var request = ((SimulatedRequest)message.Request).ToStoreRequest();
        message.Response = isTable ? store.AnswerTable(request) : store.AnswerBlob(request, DateTimeOffset.UnixEpoch);
        message.Response.ClientRequestId = message.Request.ClientRequestId;
    }
}
