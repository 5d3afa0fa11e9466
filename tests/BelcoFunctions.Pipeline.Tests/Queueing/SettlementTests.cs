using BelcoFunctions.Pipeline.Queueing;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class SettlementTests
{
    [Fact]
    public void Applied_events_and_duplicates_are_done()
    {
        Assert.Equal(new Settlement.Complete(), Settlement.Of(new DeliveryOutcome.Applied(), 9));
        Assert.Equal(new Settlement.Complete(), Settlement.Of(new DeliveryOutcome.Duplicate(), 0));
    }

    [Fact]
    public void What_can_never_be_projected_is_dead_lettered_at_once() =>
        Assert.Equal(new Settlement.DeadLetter("NeverProjectable", "why"), Settlement.Of(new DeliveryOutcome.NeverProjectable("why"), 0));

    [Fact]
    public void An_outage_never_dead_letters_and_is_no_failure() =>
        Assert.Equal(new Settlement.Abandon(9, "why"), Settlement.Of(new DeliveryOutcome.RetryLater("why"), 9));

    [Fact]
    public void The_tenth_failure_dead_letters()
    {
        Assert.Equal(new Settlement.Abandon(1, "why"), Settlement.Of(new DeliveryOutcome.Failed("why"), 0));
        Assert.Equal(new Settlement.Abandon(9, "why"), Settlement.Of(new DeliveryOutcome.Failed("why"), 8));
        Assert.Equal(new Settlement.DeadLetter("Failed", "why"), Settlement.Of(new DeliveryOutcome.Failed("why"), 9));
    }

    [Fact]
    public void A_dead_letter_says_no_more_than_a_queue_takes()
    {
        var settlement = Settlement.Of(new DeliveryOutcome.Failed(new string('x', 5_000)), 9);
        Assert.Equal(1_000, Assert.IsType<Settlement.DeadLetter>(settlement).Description.Length);
    }

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 1, 1.5)]
    [InlineData(3, 0, 8)]
    [InlineData(5, 0, 20)]
    [InlineData(2_000, 0, 20)]
    public void Waiting_doubles_up_to_20_seconds(int deliveryCount, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(deliveryCount, random));
}
