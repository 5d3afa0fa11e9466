namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class SettlementTests
{
    private static readonly Settlement Complete = new Settlement.Complete();

    [Fact]
    public void A_projected_or_erased_event_is_completed()
    {
        Assert.Equal(Complete, Settlement.From(new DeliveryOutcome.Projected(), failures: 9));
        Assert.Equal(Complete, Settlement.From(new DeliveryOutcome.Duplicate(), failures: 0));
        Assert.Equal(Complete, Settlement.From(new DeliveryOutcome.Erased(), failures: 0));
    }

    [Fact]
    public void An_event_that_can_never_be_projected_is_dead_lettered_at_once() => Assert.Equal(
        new Settlement.DeadLetter("NeverProjectable", "why"),
        Settlement.From(new DeliveryOutcome.NeverProjectable("why"), failures: 0));

    [Fact]
    public void An_outage_does_not_count_as_a_failure_and_never_dead_letters() => Assert.Equal(
        new Settlement.Abandon(9, "why"), Settlement.From(new DeliveryOutcome.RetryLater("why"), failures: 9));

    [Fact]
    public void The_tenth_failure_dead_letters()
    {
        Assert.Equal(new Settlement.Abandon(1, "why"), Settlement.From(new DeliveryOutcome.Failed("why"), failures: 0));
        Assert.Equal(new Settlement.Abandon(9, "why"), Settlement.From(new DeliveryOutcome.Failed("why"), failures: 8));
        Assert.Equal(new Settlement.DeadLetter("Failed", "why"), Settlement.From(new DeliveryOutcome.Failed("why"), failures: 9));
    }

    [Fact]
    public void The_description_of_a_dead_letter_is_cut_to_1_000_characters()
    {
        var reason = new string('x', 5_000);
        DeliveryOutcome[] outcomes = [new DeliveryOutcome.Failed(reason), new DeliveryOutcome.NeverProjectable(reason)];
        Assert.All(outcomes, outcome => Assert.Equal(1_000,
            Assert.IsType<Settlement.DeadLetter>(Settlement.From(outcome, failures: 9)).Description.Length));
    }

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 1, 1.5)]
    [InlineData(3, 0, 8)]
    [InlineData(5, 0, 20)]
    [InlineData(2_000, 0, 20)]
    public void The_back_off_doubles_up_to_20_seconds(int deliveryCount, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(deliveryCount, random));
}
