using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

public sealed class ErasureTests
{
    private static readonly DateTimeOffset Moment = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);
    private static readonly Erasure Earlier = new(Moment, At: Moment.AddDays(2));
    private static readonly Erasure Later = new(Moment.AddMilliseconds(1), At: Moment.AddDays(1));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_erasure_covers_all_that_happened_up_to_its_moment(int milliseconds, bool covers) =>
        Assert.Equal(covers, Earlier.Covers(Moment.AddMilliseconds(milliseconds)));

    [Fact]
    public void Of_two_erasures_the_one_with_the_later_moment_holds_in_either_order()
    {
        Assert.Equal(Later, Erasure.Latest(Earlier, Later));
        Assert.Same(Later, Erasure.Latest(Later, Earlier));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(24, 0, 24)]
    [InlineData(24, -11, 24)]
    [InlineData(24.001, 0, 0)]
    [InlineData(1, 0.001, 0)]
    [InlineData(-1, 0, 0)]
    public void It_covers_events_received_by_then_and_dated_at_most_a_day_ahead(double ahead, double received, double through)
    {
        var erasure = new Erasure(Moment, Moment) { ReceivedThrough = Moment };
        Assert.Equal(Moment.AddHours(through), erasure.Reaching(Moment.AddHours(ahead), Moment.AddHours(received)).Through);
    }

    [Fact]
    public void Two_erasures_both_hold_if_one_covers_more_by_receipt()
    {
        var received = Earlier with { ReceivedThrough = Moment };
        foreach (var latest in new[] { Erasure.Latest(received, Later), Erasure.Latest(Later, received) })
        {
            Assert.Equal((Later.Through, Moment), (latest!.Through, latest.ReceivedThrough));
        }
    }

    [Fact]
    public void Of_two_erasures_with_the_same_moment_the_first_holds()
    {
        var first = Later with { IsUnfinished = true };
        Assert.Same(first, Erasure.Latest(first, Later));
    }

    [Fact]
    public void One_erasure_combined_with_none_holds()
    {
        Assert.Same(Later, Erasure.Latest(Later, null));
        Assert.Same(Later, Erasure.Latest(null, Later));
        Assert.Null(Erasure.Latest(null, null));
    }
}
