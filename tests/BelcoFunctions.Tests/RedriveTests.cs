using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Tests.Doubles;
using NSubstitute;

namespace BelcoFunctions.Tests;

public sealed class RedriveTests
{
    private const string Closed = QueueNames.ConversationClosed;

    private readonly ManualTime time = new(TestApp.Now);
    private readonly RecordingLogger<DeadLetterRedrive> log = new();
    private readonly ServiceBusClient client = Substitute.For<ServiceBusClient>();
    private readonly Dictionary<string, DeadLetterQueueDouble> queues = QueueNames.All.ToDictionary(name => name, _ => new DeadLetterQueueDouble());

    public RedriveTests()
    {
        foreach (var (name, queue) in queues) queue.Join(client, name);
    }

    [Fact]
    public async Task A_dead_letter_becomes_a_new_message_of_its_queue_and_is_gone()
    {
        queues[Closed].Add("request.item", Before, new Dictionary<string, object>
        {
            ["requestId"] = "request",
            ["traceparent"] = "00-1-2-01",
            ["DeadLetterReason"] = "Failed",
            ["DeadLetterErrorDescription"] = "why",
            ["failures"] = 9,
        });

        Assert.Equal((1, 0, 0, false), await RunAsync());

        var copy = Assert.Single(queues[Closed].Queue);
        Assert.Equal(("request.item/1", "conversation.closed", "application/json", "body of request.item"),
            (copy.MessageId, copy.Subject, copy.ContentType, copy.Body.ToString()));
        Assert.Equal(QueueRedrive.TimeToLive, copy.TimeToLive);
        // Without what it failed for, and as often as it may fail.
        Assert.Equal(["requestId", "traceparent"], copy.ApplicationProperties.Keys.Order());
        Assert.Empty(queues[Closed].DeadLetters);
    }

    [Fact]
    public async Task A_copy_that_failed_again_is_redriven_under_the_next_number()
    {
        queues[Closed].Add("request.item/1", Before);

        Assert.Equal((1, 0, 0, false), await RunAsync());

        Assert.Equal("request.item/2", Assert.Single(queues[Closed].Queue).MessageId);
    }

    [Fact]
    public async Task All_queues_are_redriven_unless_one_is_named()
    {
        foreach (var queue in queues.Values) queue.Add("request.item", Before);

        Assert.Equal((1, 0, 0, false), await RunAsync(Closed));
        Assert.Equal([Closed], queues.Where(queue => queue.Value.Queue.Count > 0).Select(queue => queue.Key));

        Assert.Equal((6, 0, 0, false), await RunAsync());
        Assert.All(queues.Values, queue => Assert.Single(queue.Queue));
    }

    [Fact]
    public async Task A_copy_that_fails_again_at_once_waits_for_another_run()
    {
        var queue = queues[Closed];
        queue.Add("request.item", Before);
        // Once as Service Bus would date it, once by a clock that is behind.
        queue.After = step =>
        {
            if (step is not RedriveStep.Send) return;
            queue.Add("request.item/1", time.GetUtcNow().AddMilliseconds(1));
            queue.Add("request.item/1", Before);
        };

        Assert.Equal((1, 0, 2, false), await RunAsync());

        Assert.Single(queue.Queue);
        Assert.Equal((2, 0), (queue.DeadLetters.Count, queue.Locked));
    }

    [Fact]
    public async Task A_dead_letter_that_came_after_the_run_began_is_left_for_another()
    {
        queues[Closed].Add("request.item", TestApp.Now.AddMilliseconds(1));

        Assert.Equal((0, 0, 1, false), await RunAsync());

        Assert.Empty(queues[Closed].Queue);
        Assert.Equal((1, 0), (queues[Closed].DeadLetters.Count, queues[Closed].Locked));
    }

    [Fact]
    public async Task Dead_letters_that_somebody_gave_the_same_id_get_copies_of_different_ids()
    {
        queues[Closed].Add("request.item", Before);
        queues[Closed].Add("request.item", Before);

        Assert.Equal((2, 0, 0, false), await RunAsync());

        Assert.Equal(["request.item/1", "request.item/2"], queues[Closed].Queue.Select(message => message.MessageId));
        Assert.Empty(queues[Closed].DeadLetters);
    }

    [Fact]
    public async Task Dead_letters_that_another_run_has_locked_are_not_said_to_be_none()
    {
        queues[Closed].Add("request.item", Before);
        queues[Closed].Lock();
        Assert.Equal((0, 0, 0, true), await RunAsync());

        queues[Closed].Unlock();
        Assert.Equal((1, 0, 0, false), await RunAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Messages_without_an_id_are_told_apart(string? none)
    {
        queues[Closed].Add(none!, Before);
        queues[Closed].Add(none!, Before);

        Assert.Equal((2, 0, 0, false), await RunAsync());

        Assert.Equal(2, queues[Closed].Queue.Count);
    }

    [Fact]
    public async Task A_run_moves_five_hundred_and_says_that_there_may_be_more()
    {
        for (var i = 0; i < 300; i++)
        {
            queues[QueueNames.ConversationCreated].Add($"request.{i}", Before);
            queues[Closed].Add($"request.{i}", Before);
        }

        Assert.Equal((500, 0, 0, true), await RunAsync());
        Assert.Equal((100, 0, 0, false), await RunAsync());
        Assert.Equal(600, queues.Values.Sum(queue => queue.Queue.Count));
    }

    [Fact]
    public async Task A_run_ends_after_a_minute_and_lets_go_of_what_it_did_not_move()
    {
        for (var i = 0; i < 10; i++) queues[Closed].Add($"request.{i}", Before);
        queues[Closed].After = step => { if (step is RedriveStep.Send) time.Advance(TimeSpan.FromSeconds(15)); };

        Assert.Equal((4, 6, 0, true), await RunAsync());
        Assert.Equal((6, 0), (queues[Closed].DeadLetters.Count, queues[Closed].Locked));
    }

    [Fact]
    public async Task A_caller_who_goes_ends_the_run()
    {
        using var caller = new CancellationTokenSource();
        for (var i = 0; i < 3; i++) queues[Closed].Add($"request.{i}", Before);
        queues[Closed].After = step => { if (step is RedriveStep.Send) caller.Cancel(); };

        Assert.Equal((1, 2, 0, true), await RunAsync(cancellationToken: caller.Token));
        Assert.Equal((2, 0), (queues[Closed].DeadLetters.Count, queues[Closed].Locked));
    }

    [Theory]
    [InlineData(RedriveStep.Peek)]
    [InlineData(RedriveStep.Receive)]
    public async Task A_queue_that_cannot_be_read_is_named_with_what_was_moved(RedriveStep failing)
    {
        queues[QueueNames.ConversationCreated].Add("request.item", Before);
        queues[Closed].Add("request.item", Before);
        queues[Closed].Before = step => { if (step == failing) throw new ServiceBusException("None.", ServiceBusFailureReason.ServiceTimeout); };

        var reply = await Redrive.RunAsync(null, CancellationToken.None);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        Assert.Equal("conversation-closed did not answer. Moved until then: 1. Call again.", (string)Json(reply)["detail"]!);
        Assert.Contains(log.Lines, line => line.Contains("conversation-closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_there_is_not_is_refused_with_those_there_are()
    {
        await using var app = new TestApp();

        var response = (ResponseDouble)await app.Http.RedriveAsync(new RequestDouble([], "?queue=conversation-close"), CancellationToken.None);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.All(QueueNames.All, name => Assert.Contains(name, response.Text, StringComparison.Ordinal));
    }

    private DeadLetterRedrive Redrive => new(client, time, log);

    private static DateTimeOffset Before => TestApp.Now.AddDays(-1);

    private async Task<(int Moved, int Left, int Skipped, bool More)> RunAsync(
        string? queue = null, CancellationToken cancellationToken = default)
    {
        var reply = await Redrive.RunAsync(queue, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var answer = Json(reply);
        return ((int)answer["moved"]!, (int)answer["left"]!, (int)answer["skipped"]!, (bool)answer["more"]!);
    }

    private static JsonNode Json(HttpReply reply) => JsonNode.Parse(reply.Body.Span)!;
}
