using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;

namespace BelcoFunctions.WorkerHost;

/// <summary>The messages that go between the host and one worker.</summary>
internal sealed class WorkerStream
{
    private readonly Channel<StreamingMessage> outbound = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> pending = [];
    private readonly ConcurrentQueue<RpcLog> logs = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string WorkerId { get; } = Guid.NewGuid().ToString();

    /// <summary>What the worker wrote to the host's log, in order.</summary>
    public IReadOnlyCollection<RpcLog> Logs => logs;

    /// <summary>Completes when the worker has ended the stream, or its process has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>Sends a message and waits for its answer.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message) => await TryAskAsync(message)
        ?? throw new IOException($"The worker ended before it answered {message.ContentCase}.");

    /// <summary>The same; null if the worker ended before it answered.</summary>
    public async Task<StreamingMessage?> TryAskAsync(StreamingMessage message)
    {
        // The answer to an invocation has the invocation's id. Any other answer has the id of its request.
        var invocation = message.InvocationRequest?.InvocationId;
        if (invocation is null) message.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[invocation ?? message.RequestId] = answer;
        Send(message);
        using var timeout = TestTimeout.Start();
        await Task.WhenAny(answer.Task, Ended).WaitAsync(timeout.Token);
        // It may have done both by now.
        return answer.Task.IsCompleted ? await answer.Task : null;
    }

    /// <summary>Sends a message that has no answer.</summary>
    public void Send(StreamingMessage message) => outbound.Writer.TryWrite(message);

    /// <summary>Runs until the worker ends its side.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker,
        CancellationToken gone)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(gone);
        var writing = WriteAsync(toWorker, ending.Token);
        try
        {
            while (await fromWorker.MoveNext(gone)) Receive(fromWorker.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The process has ended.
        }
        finally
        {
            ended.TrySetResult();
            await ending.CancelAsync();
            await writing;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken ending)
    {
        try
        {
            await foreach (var message in outbound.Reader.ReadAllAsync(ending)) await toWorker.WriteAsync(message, ending);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The worker has ended.
        }
    }

    private void Receive(StreamingMessage message)
    {
        if (message.RpcLog is { } log)
        {
            logs.Enqueue(log);
            return;
        }

        var id = message.InvocationResponse?.InvocationId ?? message.RequestId;
        if (pending.TryRemove(id, out var answer)) answer.TrySetResult(message);
    }
}
