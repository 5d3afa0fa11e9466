using BelcoFunctions.Startup.Host;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using static BelcoFunctions.Startup.Host.RpcLog.Types;

namespace BelcoFunctions.Startup;

/// <summary>The log of the Functions host, for an app that cannot start. The host reads the worker's standard error only once it
/// runs, and drops what an ILogger writes outside an invocation.</summary>
internal static class HostLog
{
    /// <summary>How long the host gets to ask the worker to initialize itself. A host that started this worker before it knew the
    /// app, to save time, has asked already.</summary>
    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Writes lines at level Error, and returns when the host has read them. A process that ended earlier could take
    /// lines with it. Throws when the host does not take them.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="configuration">The arguments that the host gives to a worker.</param>
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

        // The host ends its side after it has read ours.
        await stream.RequestStream.CompleteAsync();
        while (await reading) reading = stream.ResponseStream.MoveNext();
    }
}
