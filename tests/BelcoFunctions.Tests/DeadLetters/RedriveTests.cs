using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Tests.DeadLetters;

public sealed class RedriveTests
{
    private const string Closed = RedriveRun.Closed;

    private readonly RedriveRun redrive = new();

    private DeadLetterQueueDouble Queue => redrive.Queue;

    [Fact]
    public async Task A_copy_that_failed_again_is_redriven_under_its_own_number()
    {
        redrive.Add("another", "request.item/1");

        Assert.Equal((2, 0, 0, false), await redrive.RunAsync());

        Assert.Equal(["another/1", "request.item/2"], Queue.Queue.Select(message => message.MessageId));
    }

    [Fact]
    public async Task Dead_letters_with_the_same_id_can_be_redriven_again_at_once()
    {
        redrive.Add("by hand", "by hand");
        Assert.Equal((2, 0, 0, false), await redrive.RunAsync());
        var copies = Queue.Queue.Select(message => message.MessageId).ToArray();
        redrive.Add(copies);

        Assert.Equal((2, 0, 0, false), await redrive.RunAsync());

        Assert.Equal([.. copies, "by hand/3", "by hand/4"], Queue.Queue.Select(message => message.MessageId));
    }

    [Fact]
    public async Task All_queues_are_redriven_unless_one_is_named()
    {
        foreach (var queue in redrive.Queues.Values) queue.Add("request.item", TestApp.Now.AddDays(-1));

        Assert.Equal((1, 0, 0, false), await redrive.RunAsync(Closed));
        Assert.Equal([Closed], redrive.Queues.Where(queue => queue.Value.Queue.Count > 0).Select(queue => queue.Key));

        Assert.Equal((6, 0, 0, false), await redrive.RunAsync());
        Assert.All(redrive.Queues.Values, queue => Assert.Single(queue.Queue));
    }

    [Fact]
    public async Task A_copy_that_fails_again_at_once_waits_for_another_run()
    {
        redrive.Add("request.item");
        // Once with the time from Service Bus, once with the time of a clock that is behind.
        Queue.After = step =>
        {
            if (step is not RedriveStep.Send) return;
            Queue.Add("request.item/1", redrive.Time.GetUtcNow().AddMilliseconds(1));
            redrive.Add("request.item/1");
        };

        Assert.Equal((1, 0, 2, false), await redrive.RunAsync());

        Assert.Single(Queue.Queue);
        Assert.Equal((2, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task A_dead_letter_that_came_after_the_run_began_waits_for_another_run()
    {
        Queue.Add("request.item", TestApp.Now.AddMilliseconds(1));

        Assert.Equal((0, 0, 1, false), await redrive.RunAsync());

        Assert.Empty(Queue.Queue);
        Assert.Equal((1, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task Dead_letters_with_the_same_id_get_copies_with_different_ids()
    {
        redrive.Add("request.item", "request.item");

        Assert.Equal((2, 0, 0, false), await redrive.RunAsync());

        Assert.Equal(["request.item/1", "request.item/2"], Queue.Queue.Select(message => message.MessageId));
        Assert.Empty(Queue.DeadLetters);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Messages_without_an_id_each_get_a_copy(string? none)
    {
        redrive.Add(none!, none!);

        Assert.Equal((2, 0, 0, false), await redrive.RunAsync());

        Assert.Equal(2, Queue.Queue.Count);
    }

    [Fact]
    public async Task A_run_ends_after_a_minute_and_abandons_the_rest()
    {
        redrive.Add(Enumerable.Range(0, 10).Select(number => $"request.{number}"));
        Queue.After = step => { if (step is RedriveStep.Send) redrive.Time.Advance(TimeSpan.FromSeconds(15)); };

        Assert.Equal((4, 6, 0, true), await redrive.RunAsync());
        Assert.Equal((6, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task A_caller_that_disconnects_ends_the_run()
    {
        using var caller = new CancellationTokenSource();
        redrive.Add(Enumerable.Range(0, 3).Select(number => $"request.{number}"));
        Queue.After = step => { if (step is RedriveStep.Send) caller.Cancel(); };

        Assert.Equal((1, 2, 0, true), await redrive.RunAsync(cancellationToken: caller.Token));
        Assert.Equal((2, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Theory]
    [InlineData(RedriveStep.Peek)]
    [InlineData(RedriveStep.Receive)]
    public async Task A_queue_that_cannot_be_read_is_named_with_the_number_of_moved_messages(RedriveStep failing)
    {
        redrive.Queues[QueueNames.ConversationCreated].Add("request.item", TestApp.Now.AddDays(-1));
        redrive.Add("request.item");
        Queue.Before = step =>
        {
            if (step == failing) throw new ServiceBusException("None.", ServiceBusFailureReason.ServiceTimeout);
        };

        var reply = await redrive.ReplyAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal("conversation-closed did not answer. Moved so far: 1. Call again.",
            (string)JsonNode.Parse(reply.Body.Span)!["detail"]!);
        Assert.Contains(redrive.Log.Lines, line => line.Contains("conversation-closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_queue_is_refused_with_the_names_of_the_queues()
    {
        await using var app = new TestApp();

        var response = (ResponseDouble)await app.Http.RedriveAsync(
            new RequestDouble([], "?queue=conversation-close"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.All(QueueNames.All, name => Assert.Contains(name, response.Text, StringComparison.Ordinal));
    }
}
