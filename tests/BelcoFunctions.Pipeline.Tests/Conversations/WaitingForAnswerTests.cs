using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

public sealed class WaitingForAnswerTests
{
    private static readonly DateTimeOffset Asked = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("open", null, true)]
    [InlineData("open", -1, true)]
    [InlineData("open", 0, false)]
    [InlineData("open", 1, false)]
    [InlineData("closed", -1, false)]
    [InlineData("snoozed", null, false)]
    [InlineData(null, null, false)]
    public void An_open_conversation_waits_if_no_agent_wrote_after_the_customer(string? status, int? answeredAfter, bool waits) =>
        Assert.Equal(waits ? Asked : null, WaitingForAnswer.Since(
            status, Asked, answeredAfter is { } seconds ? Asked.AddSeconds(seconds) : null));

    [Fact]
    public void A_conversation_without_a_message_of_a_customer_does_not_wait() =>
        Assert.Null(WaitingForAnswer.Since("open", null, Asked));
}
