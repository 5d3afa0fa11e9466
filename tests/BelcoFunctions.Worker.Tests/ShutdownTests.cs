namespace BelcoFunctions.Worker.Tests;

/// <summary>The host ends a worker with SIGTERM, and does not wait for its work.</summary>
[Collection(WorkerCollection.Name)]
public sealed class ShutdownTests(WorkerFixture fixture)
{
    private const int SettledBefore = 10;

    [UnixFact]
    public async Task Nothing_is_lost_when_the_worker_is_ended_while_a_batch_runs()
    {
        var queue = fixture.Broker[QueueNames.ConversationClosed];
        await Task.WhenAll(Enumerable.Range(0, DeliveryBatch.MaxMessages)
            .Select(number => fixture.Worker.AcceptAsync(Webhooks.Closed("ended", number))));

        await EndWhileItSettlesAsync(queue);

        Assert.Equal(DeliveryBatch.MaxMessages - SettledBefore, queue.ExpireLocks());
        await fixture.Worker.ProcessAllAsync(queue);

        Assert.Empty(queue.Messages);
        Assert.Empty(queue.DeadLetters.Messages);
        Assert.Equal(DeliveryBatch.MaxMessages, (int)(await fixture.Worker.GetConversationAsync("ended"))["events"]!);
    }

    // The messages that are not settled stay locked until their locks expire.
    private async Task EndWhileItSettlesAsync(BrokerQueue queue)
    {
        var settling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var settled = 0;
        fixture.Settlement.Completing = async gone =>
        {
            if (Interlocked.Increment(ref settled) <= SettledBefore) return;
            settling.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(gone);
        };
        try
        {
            await using var worker = await fixture.StartWorkerAsync();
            var batch = worker.ProcessBatchAsync(queue);
            await Task.WhenAny(settling.Task, batch);
            using var timeout = TestTimeout.Start();
            await queue.WhenAsync(each => each.Messages.Count == DeliveryBatch.MaxMessages - SettledBefore, timeout.Token);

            await worker.Process.TerminateAsync();
            Assert.Equal(0, (await worker.Process.ExitAsync()).ExitCode);
            // The worker may still answer at the last moment, or the call may fail.
            await ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            fixture.Settlement.Completing = null;
        }
    }
}
