using System.Text;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>An event that the table will not have must not keep others from it.</summary>
[Collection(Azurite.Name)]
public sealed class PoisonEventTests(AzuriteFixture azurite)
{
    private const string Marker = "poison";

    private readonly RequestLog log = new();

    [AzuriteTheory]
    [InlineData("of another conversation")]
    [InlineData("of the same conversation")]
    public async Task One_event_among_fifty_that_is_refused_fails_alone(string other)
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: other is "of the same conversation" ? 1 : 10);
        batch[23] = Poison("conversation-3", 23);

        var outcomes = await ProjectAsync(table, batch, () => FakeResponse.FailedAction(7, 400, "PropertyValueTooLarge"));

        var failed = Assert.IsType<DeliveryOutcome.Failed>(outcomes[23]);
        Assert.Contains("400 PropertyValueTooLarge", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(49, outcomes.Count(outcome => outcome is DeliveryOutcome.Applied));
        await table.AssertHasExactlyAsync(batch.Where((_, index) => index != 23));
    }

    [AzuriteTheory]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task A_transaction_that_is_refused_as_a_whole_is_halved_too(int status, string code)
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(8, conversations: 4);
        batch[5] = Poison("conversation-1", 5);

        var outcomes = await ProjectAsync(table, batch, () => FakeResponse.Error(status, code));

        Assert.Contains($"{status} {code}", Assert.IsType<DeliveryOutcome.Failed>(outcomes[5]).Reason, StringComparison.Ordinal);
        Assert.Equal(7, outcomes.Count(outcome => outcome is DeliveryOutcome.Applied));
        // Eight, four, two, one: four that fail; the halves beside them do not.
        Assert.Equal(4 + 3, log.Transactions);
        await table.AssertHasExactlyAsync(batch.Where((_, index) => index != 5));
    }

    [AzuriteFact]
    public async Task A_row_that_the_real_table_refuses_fails_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        // More than Azurite takes in a request; the claim check keeps such bytes from a projector.
        var tooLarge = EventFactory.Reply("c", 1, item => item["pageTitle"] = new string('x', 5 * 1024 * 1024)).ToQueued();
        var good = EventFactory.Reply("c", 2).ToQueued();

        var outcomes = await table.ProjectAsync(tooLarge, good);

        Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        await table.AssertHasExactlyAsync(good);
    }

    private static QueuedEvent Poison(string conversationId, int second) =>
        EventFactory.Reply(conversationId, second, item => item["via"] = Marker).ToQueued();

    private Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        TestTable table, IReadOnlyList<QueuedEvent> batch, Func<HttpResponseMessage> answer) =>
        table.Projector(log, new Refusal(HasPoison, answer)).ProjectAsync(batch, CancellationToken.None);

    private static bool HasPoison(HttpRequestMessage request) =>
        request.IsTransaction() && Encoding.UTF8.GetString(request.Body()).Contains(Marker, StringComparison.Ordinal);
}
