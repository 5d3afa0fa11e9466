using System.Globalization;
using System.Text;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Tests.DeadLetters;

/// <summary><c>limit</c> and <c>dryRun</c> of a redrive.</summary>
public sealed class RedriveLimitTests
{
    private readonly RedriveRun redrive = new();

    private DeadLetterQueueDouble Queue => redrive.Queue;

    [Fact]
    public async Task A_limited_redrive_moves_the_oldest_of_a_queue_and_the_rest_stays_unlocked()
    {
        redrive.Add("1.i", "2.i", "3.i", "4.i", "5.i");

        Assert.Equal((2, 0, 0, true), await redrive.RunAsync(RedriveRun.Closed, "2"));

        Assert.Equal(["1.i/1", "2.i/2"], Queue.Queue.Select(message => message.MessageId));
        Assert.Equal((3, 0), (Queue.DeadLetters.Count, Queue.Locked));
        Assert.Equal((3, 0, 0, false), await redrive.RunAsync(RedriveRun.Closed, "4"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("501")]
    [InlineData("99999999999")]
    [InlineData("ten")]
    [InlineData("1.5")]
    [InlineData(" 1")]
    [InlineData("")]
    public async Task Any_other_limit_is_refused_and_nothing_is_moved(string limit)
    {
        redrive.Add("request.item");
        AssertRefused("limit is not a whole number from 1 to 500.", await redrive.ReplyAsync(limit: limit));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("True")]
    [InlineData("")]
    public async Task Any_other_dry_run_is_refused_and_nothing_is_moved(string dryRun)
    {
        redrive.Add("request.item");
        AssertRefused("dryRun is neither true nor false.", await redrive.ReplyAsync(dryRun: dryRun));
    }

    [Fact]
    public async Task A_dry_run_counts_by_queue_and_reason_and_changes_nothing()
    {
        Queue.Add("1.i", TestApp.Now.AddDays(-3), Reason("Failed"));
        Queue.Add("2.i", TestApp.Now.AddDays(-2), Reason("NeverProjectable"));
        Queue.Add("3.i", TestApp.Now.AddDays(-2), Reason("Failed"));
        redrive.Queues[QueueNames.ConversationCreated].Add("4.i", TestApp.Now.AddDays(-1));
        // The run would skip it.
        Queue.Add("5.i", TestApp.Now.AddMilliseconds(1), Reason("Failed"));
        foreach (var queue in redrive.Queues.Values)
        {
            queue.Before = step => Assert.True(step is RedriveStep.Peek or RedriveStep.Dispose, $"A dry run must not {step}.");
        }

        Assert.Equal(
            (4, false, "conversation-closed Failed 2, conversation-closed NeverProjectable 1, conversation-created Unknown 1"),
            await redrive.PreviewAsync());
        Assert.Equal((3, false, "conversation-closed Failed 2, conversation-closed NeverProjectable 1"),
            await redrive.PreviewAsync(RedriveRun.Closed));
        Assert.Equal((1, true, "conversation-closed Failed 1"), await redrive.PreviewAsync(limit: "1"));
        Assert.Equal((4, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task A_dry_run_predicts_what_the_run_does()
    {
        foreach (var (index, queue) in redrive.Queues.Values.Index())
        {
            for (var i = 0; i < 150; i++) queue.Add($"{index}.{i}", TestApp.Now.AddMinutes(-i * (index + 1)));
        }

        foreach (var limit in new[] { "1", "120", "499", "500", null })
        {
            var (wouldMove, more, groups) = await redrive.PreviewAsync(limit: limit);
            var before = redrive.Queues.ToDictionary(queue => queue.Key, queue => queue.Value.DeadLetters.Count);

            var reachesLimit = (limit ?? "500") == wouldMove.ToString(CultureInfo.InvariantCulture);
            Assert.Equal((wouldMove, 0, 0, more || reachesLimit), await redrive.RunAsync(limit: limit));

            var moved = redrive.Queues.Select(queue => (queue.Key, Count: before[queue.Key] - queue.Value.DeadLetters.Count))
                .Where(queue => queue.Count > 0).OrderBy(queue => queue.Key, StringComparer.Ordinal);
            Assert.Equal(groups, string.Join(", ", moved.Select(queue => $"{queue.Key} Unknown {queue.Count}")));
        }
    }

    [Fact]
    public async Task A_dry_run_counts_what_another_run_has_locked_and_says_so()
    {
        redrive.Add("request.item");
        Queue.Lock();

        Assert.Equal((1, false, "conversation-closed Unknown 1"), await redrive.PreviewAsync());

        Assert.Equal((0, 0, 0, true), await redrive.RunAsync(limit: "1"));
        Assert.Contains("locked", Encoding.UTF8.GetString((await redrive.ReplyAsync(dryRun: "true")).Body.Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", null)]
    [InlineData("false", "1")]
    public async Task A_queue_that_cannot_be_peeked_at_is_named(string dryRun, string? limit)
    {
        Queue.Before = _ => throw new ServiceBusException("None.", ServiceBusFailureReason.ServiceTimeout);

        var reply = await redrive.ReplyAsync(limit: limit, dryRun: dryRun);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal("conversation-closed did not answer. Moved so far: 0. Call again.",
            (string)JsonNode.Parse(reply.Body.Span)!["detail"]!);
    }

    [Fact]
    public async Task A_caller_that_disconnects_during_a_dry_run_ends_it()
    {
        using var caller = new CancellationTokenSource();
        Queue.Before = _ => caller.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => redrive.ReplyAsync(dryRun: "true", cancellationToken: caller.Token));
    }

    [Theory]
    [InlineData("true", null, null, "Nothing was changed. Name a queue, or call again.")]
    [InlineData("true", RedriveRun.Closed, "1", "Nothing was changed. Call again.")]
    [InlineData("false", null, "1", "Nothing was moved. Name a queue, or call again.")]
    public async Task A_call_without_time_to_move_anything_says_so(string dryRun, string? queue, string? limit, string outcome)
    {
        Queue.Before = _ => redrive.Time.Advance(DeadLetterRun.Timeout);
        Queue.After = _ => throw new OperationCanceledException();

        var reply = await redrive.ReplyAsync(queue, limit, dryRun);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal($"Looking at the dead letters took longer than 60 seconds. {outcome}",
            (string)JsonNode.Parse(reply.Body.Span)!["detail"]!);
    }

    // While it connects, the client ignores its token.
    [Fact]
    public async Task Another_client_error_at_the_end_of_the_time_is_not_an_exception()
    {
        Queue.Before = _ =>
        {
            redrive.Time.Advance(DeadLetterRun.Timeout);
            throw new ServiceBusException("None.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await redrive.ReplyAsync(dryRun: "true")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await redrive.ReplyAsync(limit: "1")).Status);
    }

    [Fact]
    public async Task Finding_the_oldest_and_moving_them_share_one_minute()
    {
        redrive.Add("1.i", "2.i", "3.i");
        var looking = true;
        Queue.After = step =>
        {
            if (step is RedriveStep.Dispose) looking = false;
            if (step is RedriveStep.Send || (looking && step is RedriveStep.Peek))
                redrive.Time.Advance(TimeSpan.FromSeconds(25));
        };

        // Two peeks: one for the dead letters, one to see that there are no more. Ten seconds remain, enough to begin one move.
        Assert.Equal((1, 2, 0, true), await redrive.RunAsync(limit: "3"));
    }

    [Fact]
    public async Task The_function_reads_the_parameters_from_the_address()
    {
        await using var app = new TestApp();
        var response = (ResponseDouble)await app.Http.RedriveAsync(
            new RequestDouble([], "?limit=501&dryRun=true"), CancellationToken.None);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("limit", response.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Reason(string reason) => new() { ["DeadLetterReason"] = reason };

    private void AssertRefused(string detail, HttpReply reply)
    {
        Assert.Equal((HttpStatusCode.BadRequest, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal(detail, (string)JsonNode.Parse(reply.Body.Span)!["detail"]!);
        Assert.Equal((1, 0), (Queue.DeadLetters.Count, Queue.Queue.Count));
    }
}
