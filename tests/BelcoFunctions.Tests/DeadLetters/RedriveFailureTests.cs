namespace BelcoFunctions.Tests.DeadLetters;

/// <summary>Failures between sending the copy and removing the dead letter.</summary>
public sealed class RedriveFailureTests
{
    private const int Events = 3;

    private readonly RedriveRun redrive = new();

    public RedriveFailureTests() => redrive.Add(Enumerable.Range(0, Events).Select(number => $"request.{number}"));

    private DeadLetterQueueDouble Queue => redrive.Queue;

    [Theory]
    [InlineData(RedriveRun.Closed, null)]
    [InlineData(null, "3")]
    public async Task After_any_failed_step_the_next_run_ends_with_each_event_once(string? queue, string? limit)
    {
        // Each send and each completion may succeed, fail before its effect, or fail after it. The loop tries all combinations.
        for (var run = 0; run < Math.Pow(3, 2 * Events); run++) await new RedriveFailureTests().FailAsync(run, queue, limit);
    }

    private async Task FailAsync(int run, string? queue, string? limit)
    {
        var outcomes = new Stack<int>(Enumerable.Range(0, 2 * Events).Select(step => run / (int)Math.Pow(3, step) % 3));
        var outcome = 0;
        Queue.Before = step =>
        {
            outcome = step is RedriveStep.Send or RedriveStep.Complete && outcomes.TryPop(out var next) ? next : 0;
            if (outcome == 1) throw new ServiceBusException("Before.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };
        Queue.After = _ => { if (outcome == 2) throw new ServiceBusException("After.", ServiceBusFailureReason.ServiceTimeout); };

        var (moved, left) = await RunAsync(queue, limit);
        Assert.Equal((Events, 0), (moved + left, Queue.Locked));
        AssertNothingIsLost();

        outcomes.Clear();
        Assert.Equal((Queue.DeadLetters.Count, 0), await RunAsync(queue, limit));
        Assert.Equal(["request.0/1", "request.1/2", "request.2/3"], Queue.Queue.Select(message => message.MessageId).Order());
        Assert.Empty(Queue.DeadLetters);
    }

    [Fact]
    public async Task A_process_that_dies_after_the_send_leaves_a_dead_letter_whose_next_copy_the_queue_drops()
    {
        // After the first send no step has an effect.
        Queue.After = step => { if (step is RedriveStep.Send) Queue.Before = _ => throw new InvalidOperationException("Dead."); };
        await redrive.ReplyAsync(RedriveRun.Closed);
        AssertNothingIsLost();
        Assert.Equal((1, Events, Events), (Queue.Queue.Count, Queue.DeadLetters.Count, Queue.Locked));

        (Queue.Before, Queue.After) = (_ => { }, _ => { });
        Assert.Equal((0, 0), await RunAsync());
        Queue.Unlock();
        Assert.Equal((Events, 0), await RunAsync());

        Assert.Equal(["request.0/1", "request.1/2", "request.2/3"], Queue.Queue.Select(message => message.MessageId).Order());
        Assert.Empty(Queue.DeadLetters);
    }

    [Fact]
    public async Task A_dead_letter_whose_copy_was_not_sent_is_sent_when_it_comes_again_in_the_same_run()
    {
        var failed = false;
        Queue.Before = step =>
        {
            if (step is not RedriveStep.Send || failed) return;
            failed = true;
            Queue.Unlock();
            throw new ServiceBusException("Before.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };

        await RunAsync();

        AssertNothingIsLost();
        Assert.Contains(Queue.Queue, message => message.MessageId == "request.0/1");
    }

    [Fact]
    public async Task A_link_that_fails_to_close_changes_no_answer()
    {
        foreach (var queue in redrive.Queues.Values)
        {
            queue.Before = step =>
            {
                if (step is RedriveStep.Dispose) throw new ServiceBusException("Late.", ServiceBusFailureReason.ServiceTimeout);
            };
        }

        Assert.Equal((Events, false, "conversation-closed Unknown 3"), await redrive.PreviewAsync());
        Assert.Equal((Events, 0), await RunAsync(queue: null));
    }

    private void AssertNothingIsLost()
    {
        var copied = Queue.Queue.Select(message => message.MessageId[..^2]);
        Assert.Equal(Events, copied.Union(Queue.DeadLetters.Select(message => message.MessageId)).Count());
    }

    private async Task<(int Moved, int Remaining)> RunAsync(
        string? queue = RedriveRun.Closed, string? limit = null)
    {
        var (moved, left, _, _) = await redrive.RunAsync(queue, limit);
        return (moved, left);
    }
}
