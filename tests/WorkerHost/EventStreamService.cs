using System.Collections.Concurrent;
using Grpc.Core;

namespace BelcoFunctions.WorkerHost;

/// <summary>Finds the stream of a worker by the id in its first message. Like the host, it ends the stream of an unknown
/// worker.</summary>
internal sealed class EventStreamService(ConcurrentDictionary<string, WorkerStream> workers) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken)
            && workers.TryGetValue(requestStream.Current.StartStream.WorkerId, out var worker))
        {
            await worker.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
