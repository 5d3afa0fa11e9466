using System.Net;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>Mutated samples, from the receiver to the rows: 20,000 with a fixed seed. For more, or others:
/// <c>BELCO_FUZZ=200000 BELCO_FUZZ_SEED=7 dotnet test tests/BelcoFunctions.Pipeline.Tests --filter FuzzTests</c>.</summary>
public sealed class FuzzTests
{
    private const long ServiceTransactionBytes = 4 * 1024 * 1024;

    private static readonly int Count = FuzzSettings.Count(byDefault: 20_000);

    [Fact]
    public async Task Every_body_gets_a_reply_and_every_queued_event_fits_its_rows()
    {
        var (projected, unprojected, refused) = (0, 0, 0);
        await Parallel.ForAsync(0, Count, async (number, _) =>
        {
            var body = Mutations.Body(FuzzSettings.Seed, number);
            try
            {
                var received = await Webhook.ReceiveAsync(body);
                if (received.Queued is not { } queued)
                {
                    received.ShouldBeRefused(detail: ".");
                    Interlocked.Increment(ref refused);
                    return;
                }

                Assert.Equal(HttpStatusCode.OK, received.Reply.Status);
                Assert.Equal(body, received.Raw);
                Assert.InRange(queued.MessageId.Length, 1, 128);
                if (queued.Queue is QueueNames.UnprojectedEvents)
                {
                    ShouldBeKept(queued, body);
                    Interlocked.Increment(ref unprojected);
                }
                else
                {
                    ShouldBeProjected(queued, received.ShouldBeProjected());
                    Interlocked.Increment(ref projected);
                }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"Seed {FuzzSettings.Seed}, number {number}: {Convert.ToBase64String(body)}", exception);
            }
        });

        // If all mutations ended alike, they would find nothing.
        Assert.All([projected, unprojected, refused], outcome => Assert.InRange(outcome, Count / 20, Count));
    }

    private static void ShouldBeKept(QueuedEvent queued, byte[] body)
    {
        Assert.NotEmpty(queued.Reason!);
        var shopId = EventReader.Read(body) switch
        {
            EventReading<BelcoEvent>.Unprojectable unprojectable => unprojectable.ShopId,
            EventReading<BelcoEvent>.Projectable projectable => projectable.Event.ShopId,
            var other => throw new InvalidOperationException(other.ToString()),
        };
        RowLimits.ShouldHold(UnprojectedRow.ToEntity(
            queued.EventName, queued.RequestId, shopId, queued.Reason!, body, queued.ReceivedAt, queued.PayloadBlob));
    }

    private static void ShouldBeProjected(QueuedEvent queued, BelcoEvent e)
    {
        var state = new ConversationState(e.ShopId, e.Conversation.Id).Apply(e);
        var timeline = TimelineRow.ToEntity(e, queued.ReceivedAt, queued.PayloadBlob);
        var conversation = ConversationRow.ToEntity(state);
        foreach (var row in new[] { timeline, conversation, ConversationRow.ToRecentEntity(state) }) RowLimits.ShouldHold(row);
        Assert.Equal(conversation, ConversationRow.ToEntity(ConversationRow.FromEntity(conversation)));
        Assert.InRange(new ConversationChange(before: null, state, [timeline]).Size, 1, ServiceTransactionBytes);
        // The read API's answers for the rows.
        ConversationJson.Write(
            ConversationSummary.Read(conversation), new RowPage<TimelineEntry>([TimelineEntry.Read(timeline)], null));
    }
}
