using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class FirstAnswerTests
{
    private static readonly ConversationSummary Asked = new("shop", "conversation")
    {
        Status = "open",
        FirstCustomerMessageAt = DateTimeOffset.UnixEpoch,
        CustomerMessages = 1,
    };

    [Fact]
    public void A_first_answer_is_given_awaited_or_neither()
    {
        var answered = Asked with { FirstAgentMessageAt = DateTimeOffset.UnixEpoch.AddSeconds(33) };
        Assert.Equal(new FirstAnswer.Given(TimeSpan.FromSeconds(33)), FirstAnswer.From(answered));
        Assert.Equal(new FirstAnswer.Awaited(), FirstAnswer.From(Asked));
        Assert.Equal(new FirstAnswer.None(), FirstAnswer.From(Asked with { Status = "closed" }));
        Assert.Equal(new FirstAnswer.None(), FirstAnswer.From(Asked with { FirstCustomerMessageAt = null, AgentMessages = 1 }));
    }
}
