using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Testing.Generated;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Tables;

public sealed class ConversationRowProperties
{
    [Fact]
    public void A_row_gives_back_the_state_it_was_made_of() => Histories.Any.Sample(history =>
    {
        foreach (var events in history.Select(body => body.ToUtf8().ToEvent()).GroupBy(e => (e.ShopId, e.Conversation.Id)))
        {
            var state = events.Fold();
            Assert.Equal(AsARowHasIt(state), ConversationRow.FromEntity(ConversationRow.ToEntity(state)));
        }
    });

    // A column holds 32,000 characters. Registers compare versions, not values, so cutting a value does not change the result.
    private static ConversationState AsARowHasIt(ConversationState state) => state with
    {
        Channel = state.Channel with { Value = state.Channel.Value?.Truncate(TableLimits.StringLength) },
        Type = state.Type with { Value = state.Type.Value?.Truncate(TableLimits.StringLength) },
    };
}
