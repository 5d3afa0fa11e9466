using System.Text.Json.Nodes;
using BelcoFunctions.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace BelcoFunctions.Tests;

/// <summary>What may go wrong between sending the copy and removing the dead letter.</summary>
public sealed class RedriveFailureTests
{
    private const int Events = 3;

    private readonly ManualTime time = new(TestApp.Now);
    private readonly ServiceBusClient client = Substitute.For<ServiceBusClient>();
    private readonly DeadLetterQueueDouble queue = new();

    public RedriveFailureTests()
    {
        foreach (var name in QueueNames.All) new DeadLetterQueueDouble().Join(client, name);
        queue.Join(client, QueueNames.ConversationClosed);
        for (var i = 0; i < Events; i++) queue.Add($"request.{i}", TestApp.Now.AddDays(-1));
    }

    [Fact]
    public async Task However_the_steps_of_a_run_fail_the_next_run_ends_with_each_event_once()
    {
        // Each send and each completion may succeed, fail before its effect, or fail after it: all the ways that a run can go.
        for (var run = 0; run < Math.Pow(3, 2 * Events); run++) await new RedriveFailureTests().FailAsync(run);
    }

    private async Task FailAsync(int run)
    {
        var outcomes = new Stack<int>(Enumerable.Range(0, 2 * Events).Select(step => run / (int)Math.Pow(3, step) % 3));
        var outcome = 0;
        queue.Before = step =>
        {
            outcome = step is RedriveStep.Send or RedriveStep.Complete && outcomes.TryPop(out var next) ? next : 0;
            if (outcome == 1) throw new ServiceBusException("Before.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };
        queue.After = _ => { if (outcome == 2) throw new ServiceBusException("After.", ServiceBusFailureReason.ServiceTimeout); };

        var (moved, left) = await RunAsync();
        Assert.Equal((Events, 0), (moved + left, queue.Locked));
        // Whatever is not in the queue is still a dead letter.
        AssertNothingIsLost();

        outcomes.Clear();
        Assert.Equal((queue.DeadLetters.Count, 0), await RunAsync());
        Assert.Equal(["request.0/1", "request.1/1", "request.2/1"], queue.Queue.Select(message => message.MessageId).Order());
        Assert.Empty(queue.DeadLetters);
    }

    [Fact]
    public async Task A_process_that_dies_between_the_steps_leaves_an_event_twice_and_the_queue_takes_it_once()
    {
        // No step of a dead process has an effect, and nobody hears its answer.
        queue.After = step => { if (step is RedriveStep.Send) queue.Before = _ => throw new InvalidOperationException("Dead."); };
        await Redrive.RunAsync(QueueNames.ConversationClosed, CancellationToken.None);
        AssertNothingIsLost();
        Assert.Equal((1, Events, Events), (queue.Queue.Count, queue.DeadLetters.Count, queue.Locked));

        (queue.Before, queue.After) = (_ => { }, _ => { });
        Assert.Equal((0, 0), await RunAsync());
        queue.Unlock();
        Assert.Equal((Events, 0), await RunAsync());

        Assert.Equal(["request.0/1", "request.1/1", "request.2/1"], queue.Queue.Select(message => message.MessageId).Order());
        Assert.Empty(queue.DeadLetters);
    }

    [Fact]
    public async Task A_dead_letter_that_comes_again_in_the_same_run_is_removed_without_another_copy()
    {
        var sent = 0;
        var lost = false;
        queue.Before = step =>
        {
            if (step is RedriveStep.Send) sent++;
            if (step is not RedriveStep.Complete || lost) return;
            lost = true;
            queue.Unlock();
        };

        Assert.Equal((Events, 0), await RunAsync());

        Assert.Equal((Events, Events, 0), (sent, queue.Queue.Count, queue.DeadLetters.Count));
    }

    [Fact]
    public async Task A_dead_letter_whose_copy_was_not_sent_is_kept_until_one_is_though_it_comes_again_in_the_same_run()
    {
        var failed = false;
        queue.Before = step =>
        {
            if (step is not RedriveStep.Send || failed) return;
            failed = true;
            queue.Unlock();
            throw new ServiceBusException("Before.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };

        await RunAsync();

        AssertNothingIsLost();
        Assert.Contains(queue.Queue, message => message.MessageId == "request.0/1");
    }

    private DeadLetterRedrive Redrive => new(client, time, NullLogger<DeadLetterRedrive>.Instance);

    private void AssertNothingIsLost()
    {
        var there = queue.Queue.Select(message => message.MessageId[..^2]).Concat(queue.DeadLetters.Select(message => message.MessageId));
        Assert.Equal(Events, there.Distinct().Count());
    }

    private async Task<(int Moved, int Left)> RunAsync()
    {
        var reply = await Redrive.RunAsync(QueueNames.ConversationClosed, CancellationToken.None);
        var answer = JsonNode.Parse(reply.Body.Span)!;
        return ((int)answer["moved"]!, (int)answer["left"]!);
    }
}
