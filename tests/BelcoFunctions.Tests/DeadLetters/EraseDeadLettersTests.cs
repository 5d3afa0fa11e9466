using System.Text;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Tests.DeadLetters;

public sealed class EraseDeadLettersTests
{
    private const string Erased = EraserRun.Erased;
    private const string Live = EraserRun.Live;

    private readonly EraserRun erasure = new();

    private DeadLetterQueueDouble Queue => erasure.Queue;

    [Fact]
    public async Task Dead_letters_of_erased_conversations_are_erased_and_others_stay_unlocked()
    {
        erasure.Add(Live, Erased, Live, Erased, Live);

        Assert.Equal((2, 3, false), await erasure.RunAsync());

        Assert.All(Queue.DeadLetters, letter => Assert.StartsWith(Live, letter.MessageId, StringComparison.Ordinal));
        Assert.Equal((3, 0), (Queue.DeadLetters.Count, Queue.Locked));
        Assert.Empty(Queue.Queue);
        Assert.Equal((0, 3, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task Dead_letters_that_stay_do_not_hide_those_of_a_later_receive()
    {
        erasure.Add(Enumerable.Repeat(Live, 120).Append(Erased));
        Assert.Equal((1, 120, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task All_queues_are_searched_unless_one_is_named()
    {
        foreach (var queue in erasure.Queues.Values) queue.Add("r.i", TestApp.Now.AddDays(-1), body: EraserRun.Body(Erased));

        Assert.Equal((1, 0, false), await erasure.RunAsync(QueueNames.ConversationReplied));
        Assert.Equal((6, 0, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task An_event_after_the_erased_moment_stays()
    {
        Queue.Add("r.i", TestApp.Now, new Dictionary<string, object> { ["receivedAt"] = "2025-06-11T09:20:00.001Z" },
            EraserRun.Body(Erased, date: "2025-06-11T09:20:00.001Z"));
        Assert.Equal((0, 1, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task A_large_body_is_read_and_its_blob_is_deleted()
    {
        AddLarge("erased-blob", EraserRun.Body(Erased));
        AddLarge("kept-blob", EraserRun.Body(Live));

        Assert.Equal((1, 1, false), await erasure.RunAsync());

        await erasure.Payloads.Received(1).DeleteAsync("erased-blob", Arg.Any<CancellationToken>());
        await erasure.Payloads.DidNotReceive().DeleteAsync("kept-blob", Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_dead_letter_whose_blob_is_gone_is_erased()
    {
        AddLarge("missing", body: null);
        Assert.Equal((1, 0, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task Dead_letters_that_another_run_has_locked_are_reported_as_more()
    {
        erasure.Add(Erased);
        Queue.Lock();
        Assert.Equal((0, 0, true), await erasure.RunAsync());
    }

    [Fact]
    public async Task Dead_letters_whose_conversation_cannot_be_erased_stay_and_are_counted_and_the_damaged_row_is_named()
    {
        erasure.Add(Erased, Live, Erased);
        var row = EraserRun.ErasedConversation(through: TestApp.Now);
        row["ErasedThrough"] = "soon";
        await erasure.Conversations.AddEntityAsync(row);

        // Another call would not help, so the answer does not say that there is more.
        var reply = await erasure.ReplyAsync();
        Assert.Equal("""{"erased":0,"notErased":1,"remaining":2,"more":false}""", Encoding.UTF8.GetString(reply.Body.Span));

        Assert.Equal((3, 0), (Queue.DeadLetters.Count, Queue.Locked));
        Assert.Contains(erasure.Log.Lines, line => line.Contains(
            $"the row conversation_{Erased} in the partition {EraserRun.Shop} is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_reaches_its_limit_leaves_skipped_dead_letters_locked_so_that_the_next_run_reaches_the_rest()
    {
        erasure.Add(Enumerable.Repeat(Live, DeadLetterEraser.MaxMessages).Append(Erased));

        Assert.Equal((0, DeadLetterEraser.MaxMessages, true), await erasure.RunAsync());
        Assert.Equal(DeadLetterEraser.MaxMessages, Queue.Locked);

        Assert.Equal((1, 0, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task Dead_letters_that_stay_because_of_a_damaged_row_do_not_hide_the_rest_from_the_next_run()
    {
        erasure.Add(Enumerable.Repeat(Erased, DeadLetterEraser.MaxMessages).Append(Live));
        var damaged = EraserRun.ErasedConversation(through: TestApp.Now);
        damaged["ErasedThrough"] = "soon";
        await erasure.Conversations.AddEntityAsync(damaged);
        var erased = EraserRun.ErasedConversation(through: TestApp.Now);
        erased.RowKey = "conversation_" + Live;
        await erasure.Conversations.AddEntityAsync(erased);

        Assert.Equal((0, 0, true), await erasure.RunAsync());
        Assert.Equal((1, 0, false), await erasure.RunAsync());
    }

    [Fact]
    public async Task A_run_ends_after_a_minute_and_says_that_there_is_more()
    {
        erasure.Add(Enumerable.Repeat(Erased, 10));
        Queue.After = step => { if (step is RedriveStep.Complete) erasure.Time.Advance(TimeSpan.FromSeconds(15)); };

        Assert.Equal((4, 0, true), await erasure.RunAsync());

        Assert.Equal((6, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task A_caller_that_disconnects_ends_the_run()
    {
        using var caller = new CancellationTokenSource();
        erasure.Add(Erased, Erased, Erased);
        Queue.After = step => { if (step is RedriveStep.Complete) caller.Cancel(); };

        Assert.Equal((1, 0, true), await erasure.RunAsync(cancellationToken: caller.Token));
        Assert.Equal((2, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task After_any_failed_completion_the_next_run_erases_all_of_them()
    {
        // Each completion may succeed, fail before its effect, or fail after it.
        for (var run = 0; run < 27; run++) await new EraseDeadLettersTests().FailAsync(run);
    }

    private async Task FailAsync(int run)
    {
        erasure.Add(Erased, Live, Erased, Erased);
        var outcomes = new Stack<int>([run % 3, run / 3 % 3, run / 9 % 3]);
        var outcome = 0;
        Queue.Before = step =>
        {
            outcome = step is RedriveStep.Complete && outcomes.TryPop(out var next) ? next : 0;
            if (outcome == 1) throw new ServiceBusException("Before.", ServiceBusFailureReason.ServiceCommunicationProblem);
        };
        Queue.After = _ => { if (outcome == 2) throw new ServiceBusException("After.", ServiceBusFailureReason.ServiceTimeout); };

        // A completion counts if it took effect, whatever its answer was.
        var isLeft = outcomes.Contains(1);
        var (_, kept, more) = await erasure.RunAsync();
        Assert.Equal((1, isLeft, 0), (kept, more, Queue.Locked));

        await erasure.RunAsync();
        Assert.StartsWith(Live, Assert.Single(Queue.DeadLetters).MessageId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RedriveStep.Peek)]
    [InlineData(RedriveStep.Receive)]
    public async Task A_queue_that_cannot_be_read_is_named(RedriveStep failing)
    {
        erasure.Queues[QueueNames.ConversationCreated].Add("r.i", TestApp.Now.AddDays(-1), body: EraserRun.Body(Erased));
        erasure.Add(Erased);
        Queue.Before = step =>
        {
            if (step == failing) throw new ServiceBusException("None.", ServiceBusFailureReason.ServiceTimeout);
        };

        await AssertUnavailableAsync("conversation-closed did not answer. Erased so far: 1. Call again.");
    }

    [Fact]
    public async Task Without_the_tables_nothing_is_erased_and_nothing_stays_locked()
    {
        erasure.Add(Live, Erased);
        erasure.Conversations.IsUnavailable = true;

        await AssertUnavailableAsync("The storage account did not answer. Erased so far: 0. Call again.");

        Assert.Equal((2, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task A_blob_that_cannot_be_read_ends_the_run_and_its_dead_letter_stays()
    {
        AddLarge("blob", EraserRun.Body(Erased));
        erasure.Payloads.GetAsync("blob", Arg.Any<CancellationToken>())
            .Returns<byte[]?>(_ => throw new BelcoFunctions.Pipeline.Tables.StoreUnavailableException(new IOException("None.")));

        await AssertUnavailableAsync("The storage account did not answer. Erased so far: 0. Call again.");

        Assert.Equal((1, 0), (Queue.DeadLetters.Count, Queue.Locked));
    }

    [Fact]
    public async Task No_log_line_names_a_conversation()
    {
        erasure.Add(Erased, Live);
        Queue.Before = step =>
        {
            if (step is RedriveStep.Complete or RedriveStep.Abandon) throw new InvalidOperationException(Erased);
        };

        await erasure.RunAsync();

        Assert.Equal(3 + 1, erasure.Log.Lines.Count);
        Assert.DoesNotContain(erasure.Log.Lines, line => line.Contains("-conversation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_queue_is_refused_with_the_names_of_the_queues()
    {
        await using var app = new TestApp();

        var response = (ResponseDouble)await app.Http.EraseAsync(
            new RequestDouble([], "?queue=conversation-close"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.All(QueueNames.All, name => Assert.Contains(name, response.Text, StringComparison.Ordinal));
    }

    private async Task AssertUnavailableAsync(string detail)
    {
        var reply = await erasure.ReplyAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal(detail, (string)JsonNode.Parse(reply.Body.Span)!["detail"]!);
    }

    private void AddLarge(string blob, byte[]? body)
    {
        Queue.Add(blob, TestApp.Now.AddDays(-1), new Dictionary<string, object> { ["payloadBlob"] = blob }, body: []);
        erasure.Payloads.GetAsync(blob, Arg.Any<CancellationToken>()).Returns(body);
    }
}
