using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

/// <summary>The order of versions and of items, part by part. Each part has two values, and one bit of a number chooses
/// between them. So the numbers are in the expected order.</summary>
public sealed class OrderTests
{
    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Versions_compare_by_their_first_different_part() => ForAllPairs(parts: 6, (one, other) =>
    {
        var (version, another) = (Version(one), Version(other));
        Assert.Equal(one > other, version.IsAfter(another));
        Assert.Equal(one.CompareTo(other), Math.Sign(version.CompareTo(another)));
    });

    [Fact]
    public void Positions_compare_by_their_first_different_part() => ForAllPairs(parts: 5, (one, other) =>
        Assert.Equal(one > other, Position(one).IsAfter(Position(other))));

    [Fact]
    public void An_assertion_wins_only_with_a_higher_version()
    {
        var register = default(Register<string>).Assert("first", Version(1));

        Assert.Equal("first", register.Assert("lower", Version(0)).Value);
        Assert.Equal("first", register.Assert("same", Version(1)).Value);
        Assert.Equal("higher", register.Assert("higher", Version(2)).Value);
        Assert.Null(register.Assert(null, Version(2)).Value);
        Assert.Equal("first", register.AssertPresent(null, Version(2)).Value);
    }

    private static void ForAllPairs(int parts, Action<int, int> check)
    {
        for (var one = 0; one < 1 << parts; one++)
        {
            for (var other = 0; other < 1 << parts; other++) check(one, other);
        }
    }

    private static RegisterVersion Version(int bits) =>
        new(Time(bits >> 5), (RegisterSource)(bits >> 4 & 1), Time(bits >> 3), Id(bits >> 2), Id(bits >> 1), Id(bits));

    private static ItemPosition Position(int bits) =>
        new(Time(bits >> 4), Id(bits >> 3), Time(bits >> 2), Id(bits >> 1), Id(bits));

    private static DateTimeOffset Time(int bit) => Start.AddMilliseconds(bit & 1);

    // A culture would put "a" before "B".
    private static string Id(int bit) => (bit & 1) == 0 ? "B" : "a";
}
