using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Functions.Worker;
using Settlement = Microsoft.Azure.Functions.Worker.Settlement;

namespace BelcoFunctions.WorkerHost;

/// <summary>Settles the messages that the host received from a broker.</summary>
internal sealed class BrokerSettlement(Broker broker) : Settlement.SettlementBase
{
    /// <summary>Called before each completion.</summary>
    public Func<CancellationToken, Task>? Completing { get; set; }

    public override async Task<Empty> Complete(CompleteRequest request, ServerCallContext context)
    {
        if (Completing is { } completing) await completing(context.CancellationToken);
        return Settle(request.Locktoken, (queue, token) => queue.Complete(token));
    }

    public override Task<Empty> Abandon(AbandonRequest request, ServerCallContext context) => Task.FromResult(
        Settle(request.Locktoken, (queue, token) => queue.Abandon(token, Decode(request.PropertiesToModify))));

    public override Task<Empty> Deadletter(DeadletterRequest request, ServerCallContext context) => Task.FromResult(
        Settle(request.Locktoken, (queue, token) => queue.DeadLetter(token, request.DeadletterReason,
            request.DeadletterErrorDescription, Decode(request.PropertiesToModify))));

    private Empty Settle(string lockToken, Func<BrokerQueue, Guid, bool> settle) =>
        QueueNames.All.Any(queue => settle(broker[queue], Guid.Parse(lockToken)))
            ? new Empty() : throw new Grpc.Core.RpcException(new Status(StatusCode.FailedPrecondition, "The lock is lost."));

    private static Dictionary<string, object?> Decode(ByteString properties)
    {
        if (properties.IsEmpty) return [];
        using var buffer = new ByteBuffer(properties.ToByteArray(), 0, properties.Length);
        return AmqpCodec.DecodeMap(buffer).ToDictionary(pair => (string)pair.Key.Key, object? (pair) => pair.Value);
    }
}
