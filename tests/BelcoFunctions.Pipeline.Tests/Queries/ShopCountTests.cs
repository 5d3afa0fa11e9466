using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class ShopCountTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData(9, 3, 2, false)]
    [InlineData(3, 3, 2, false)]
    [InlineData(2, 2, 1, true)]
    public async Task The_conversations_that_were_active_most_recently_are_counted(int max, int counted, int open, bool hasMore)
    {
        await Table.ProjectAsync(Reply("a", 1), Reply("b", 2), Reply("c", 3),
            EventFactory.Make(EventNames.ConversationClosed, "c", 4).ToQueued());

        var count = await new ShopCountQueries(Table.Conversations()).CountAsync(
            EventFactory.ShopId, max, CancellationToken.None);

        Assert.Equal((counted, open, hasMore), (count.Conversations, count.Open, count.HasMore));
        Assert.Equal(EventFactory.Start.AddSeconds(4), count.LastItemAt);
    }
}
