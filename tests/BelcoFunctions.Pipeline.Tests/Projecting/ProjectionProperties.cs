using BelcoFunctions.Testing.Generated;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>The state of a conversation is a function of the set of its events. CsCheck shrinks a failing history and prints
/// its seed. <c>CsCheck_Iter</c> sets the number of histories.</summary>
public sealed class ProjectionProperties
{
    [Fact]
    public void Any_order_any_split_into_batches_and_any_repetition_give_the_same_rows() =>
        Histories.Delivered.Sample((history, batches) =>
            Assert.Equal(InMemoryRows.From(history).Text, InMemoryRows.From(batches).Text));

    [Fact]
    public void The_raw_events_of_a_timeline_folded_again_give_the_conversation_row() =>
        Histories.Delivered.Sample((_, batches) =>
        {
            var rows = InMemoryRows.From(batches);
            foreach (var row in rows.Conversations)
            {
                var folded = rows.EventsOf(row).Fold();
                Assert.Equal(InMemoryRows.Describe(row), InMemoryRows.Describe(ConversationRow.ToEntity(folded)));
            }
        });

    [Fact]
    public void Each_conversation_has_one_row_in_the_list_and_one_row_per_event() =>
        Histories.Delivered.Sample((history, batches) =>
        {
            var rows = InMemoryRows.From(batches);
            var conversations = history.Select(e => (e.Payload.ShopId, e.Payload.Conversation.Id)).Distinct().Count();
            Assert.Equal(conversations, rows.Conversations.Count());
            Assert.Equal(2 * conversations + history.Length, rows.Text.Count());
        });
}
