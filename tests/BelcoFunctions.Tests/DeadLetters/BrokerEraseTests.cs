using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.DeadLetters;

/// <summary>Erases dead letters, through the real client of Service Bus.</summary>
public sealed class BrokerEraseTests : IAsyncLifetime
{
    private const string Closed = BrokerApp.Closed;

    private readonly BrokerApp app = new();

    public async Task InitializeAsync()
    {
        await app.Conversations.AddEntityAsync(EraserRun.ErasedConversation(through: DateTimeOffset.UtcNow.AddMinutes(1)));
        app.AddDeadLetters(Closed, Letter(EraserRun.Live, 1), Letter(EraserRun.Erased, 2), Letter(EraserRun.Erased, 3),
            Letter(EraserRun.Live, 4));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Dead_letters_of_erased_conversations_are_erased_and_others_stay_unlocked()
    {
        await AssertErasedAsync(erased: 2, notErased: 2);
        await AssertErasedAsync(erased: 0, notErased: 2);
    }

    [Fact]
    public async Task A_dead_letter_that_the_queue_removed_is_erased_although_its_answer_was_lost()
    {
        app.Broker.Faults.After = operation =>
        {
            if (operation is { Kind: BrokerOperationKind.Complete, MessageId: "2" }) app.Broker.Network.Cut();
        };
        await AssertErasedAsync(erased: 2, notErased: 2);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_when_a_receiver_closes_changes_no_answer()
    {
        app.Broker.Faults.IgnoresDrain = true;
        await AssertErasedAsync(erased: 2, notErased: 2);
    }

    [Fact]
    public async Task A_queue_that_cannot_be_read_is_named_and_a_second_call_continues()
    {
        app.AddDeadLetters(QueueNames.UnprojectedEvents, Letter(EraserRun.Erased, 5));
        app.Broker[QueueNames.UnprojectedEvents].IsMissing = true;

        var response = await app.EraseAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("unprojected-events did not answer. Erased so far: 2. Call again.",
            (string)JsonNode.Parse(response.Text)!["detail"]!);
        Assert.Contains("MessagingEntityNotFound", Assert.Single(app.Log<DeadLetterEraser>()), StringComparison.Ordinal);

        app.Broker[QueueNames.UnprojectedEvents].IsMissing = false;
        await AssertErasedAsync(erased: 1, notErased: 2);
    }

    private static ServiceBusMessage Letter(string conversationId, int number) =>
        new(EraserRun.Body(conversationId)) { MessageId = $"{number}" };

    private async Task AssertErasedAsync(int erased, int notErased)
    {
        Assert.Equal(
            $$"""{"erased":{{erased}},"notErased":{{notErased}},"remaining":0,"more":false}""", (await app.EraseAsync()).Text);
        Assert.Equal(["1", "4"], app.Queue.DeadLetters.Messages.Select(message => message.MessageId));
        Assert.Empty(app.Queue.DeadLetters.Locked);
        Assert.Empty(app.Broker[QueueNames.UnprojectedEvents].DeadLetters.Messages);
    }
}
