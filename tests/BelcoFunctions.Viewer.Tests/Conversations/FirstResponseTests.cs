using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class FirstResponseTests
{
    private static readonly ConversationSummary Asked = new("shop", "conversation")
    {
        Status = "open",
        FirstCustomerMessageAt = DateTimeOffset.UnixEpoch,
        CustomerMessages = 1,
    };

    [Fact]
    public void A_first_response_is_given_awaited_or_neither()
    {
        var answered = Asked with { FirstAgentMessageAt = DateTimeOffset.UnixEpoch.AddSeconds(33) };
        Assert.Equal(new FirstResponse.Given(TimeSpan.FromSeconds(33)), FirstResponse.From(answered));
        Assert.Equal(new FirstResponse.Awaited(), FirstResponse.From(Asked));
        Assert.Equal(new FirstResponse.None(), FirstResponse.From(Asked with { Status = "closed" }));
        Assert.Equal(
            new FirstResponse.None(), FirstResponse.From(Asked with { FirstCustomerMessageAt = null, AgentMessages = 1 }));
    }
}
