using BelcoFunctions.Startup.Host;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using static BelcoFunctions.Startup.Host.RpcLog.Types;

namespace BelcoFunctions.Startup;

/// <summary>Writes to the log of the Functions host, for an app that cannot start. The host reads a worker's standard error
/// only after the worker has started, and drops what an ILogger writes outside an invocation.</summary>
internal static class HostLog
{
    /// <summary>How long to wait until the host asks the worker to initialize itself. If the host started this worker in
    /// advance, before it knew the app, it has already asked, so the wait needs a limit.</summary>
    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Writes lines at level Error, and returns when the host has read them. If the process ended earlier, lines
    /// could be lost. Throws when the host does not accept them.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="configuration">The configuration with the arguments that the host gives to a worker.</param>
    /// <param name="cancellationToken">Ends the wait for the host.</param>
    public static async Task WriteErrorsAsync(
        IEnumerable<string> lines, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(configuration["Functions:Worker:HostEndpoint"], UriKind.Absolute, out var host)) return;
        using var channel = GrpcChannel.ForAddress(host);
        using var stream = new FunctionRpc.FunctionRpcClient(channel).EventStream(cancellationToken: cancellationToken);
        var start = new StartStream { WorkerId = configuration["Functions:Worker:WorkerId"] ?? "" };
        await stream.RequestStream.WriteAsync(new() { StartStream = start }, cancellationToken);

        var reading = stream.ResponseStream.MoveNext();
        if (await Task.WhenAny(reading, Task.Delay(InitTimeout, cancellationToken)) == reading && await reading)
        {
            var result = new StatusResult { Status = StatusResult.Types.Status.Success };
            await stream.RequestStream.WriteAsync(
                new() { RequestId = stream.ResponseStream.Current.RequestId, WorkerInitResponse = new() { Result = result } },
                cancellationToken);
        }

        foreach (var line in lines)
        {
            var log = new RpcLog
            {
                Category = nameof(BelcoFunctions),
                Level = Level.Error,
                LogCategory = RpcLogCategory.System,
                Message = line,
            };
            await stream.RequestStream.WriteAsync(new() { RpcLog = log }, cancellationToken);
        }

        // The host closes its side of the stream after it has read ours.
        await stream.RequestStream.CompleteAsync();
        while (await reading) reading = stream.ResponseStream.MoveNext();
    }
}
