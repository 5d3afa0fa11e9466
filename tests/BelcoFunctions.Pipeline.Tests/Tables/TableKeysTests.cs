using BelcoFunctions.Testing.Generated;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Tables;

public sealed class TableKeysTests
{
    private const int Iterations = 10_000;

    private static readonly Gen<DateTimeOffset> Times =
        Gen.DateTime[new DateTime(1601, 1, 1), new DateTime(9998, 12, 31)]
            .Select(time => new DateTimeOffset(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero));

    [Theory]
    [InlineData("sSzxq7tMBFmCY28o8", "sSzxq7tMBFmCY28o8")]
    [InlineData("a-b", "a-b")]
    [InlineData("a_b", "a~5Fb")]
    [InlineData("~h", "~7Eh")]
    [InlineData("a/b\\c#d?e%f.g", "a~2Fb~5Cc~23d~3Fe~25f~2Eg")]
    [InlineData("é😀", "~C3~A9~F0~9F~98~80")]
    [InlineData("a\0\u202Eb", "a~00~E2~80~AEb")]
    public void An_id_is_escaped_byte_by_byte(string id, string escaped) => Assert.Equal(escaped, TableKeys.Escape(id));

    [Fact]
    public void An_escaped_id_of_more_than_150_characters_becomes_its_hash()
    {
        Assert.Equal(150, TableKeys.Escape(new string('a', 150)).Length);
        Assert.Matches("^~h[0-9A-F]{64}$", TableKeys.Escape(new string('_', 51)));
        Assert.NotEqual(TableKeys.Escape(new string('_', 51)), TableKeys.Escape(new string('_', 52)));
    }

    [Fact]
    public void A_timeline_key_reads_as_documented() => Assert.Equal(
        "timeline_c_19700101T000000000Z_i_message", TableKeys.Timeline(Item("c", "i", "message")));

    [Fact]
    public void Distinct_ids_give_distinct_keys_and_none_is_a_prefix_of_another() => UntrustedIds.Pairs.Sample((one, other) =>
    {
        if (one == other) return;
        Assert.NotEqual(TableKeys.Escape(one), TableKeys.Escape(other));
        Assert.False(TableKeys.Conversation(other).StartsWith(TableKeys.Conversation(one) + "_", StringComparison.Ordinal));
        Assert.False(KeyRange.From(TableKeys.TimelinePrefix(one)).Contains(TableKeys.Timeline(Item(other, "i", "message"))));
        Assert.True(KeyRange.From(TableKeys.TimelinePrefix(one)).Contains(TableKeys.Timeline(Item(one, "i", "message"))));
    }, iter: Iterations);

    [Theory]
    [InlineData("ab")]
    [InlineData("a_b")]
    [InlineData("a_")]
    [InlineData("A")]
    [InlineData("a~")]
    [InlineData("a/")]
    public void A_timeline_range_has_no_row_of_a_conversation_whose_id_has_the_same_beginning(string other) =>
        Assert.False(KeyRange.From(TableKeys.TimelinePrefix("a")).Contains(TableKeys.Timeline(Item(other, "i", "message"))));

    [Fact]
    public void Two_tellings_share_a_timeline_row_only_when_they_are_of_the_same_item() => Gen.Select(
        UntrustedIds.Pairs, UntrustedIds.Pairs, UntrustedIds.Pairs).Sample((conversation, item, kind) =>
        {
            var one = Item(conversation.Item1, item.Item1, kind.Item1);
            var other = Item(conversation.Item2, item.Item2, kind.Item2);
            Assert.Equal(one == other, TableKeys.Timeline(one) == TableKeys.Timeline(other));
            // The end of one id is never confused with the beginning of the next.
            Assert.NotEqual(
                TableKeys.Timeline(Item("c", item.Item1 + "_" + kind.Item1, "x")),
                TableKeys.Timeline(Item("c", item.Item1, kind.Item1 + "_x")));
        }, iter: Iterations);

    [Fact]
    public void An_escaped_id_has_only_characters_that_a_key_may_have_and_can_be_unescaped() => UntrustedIds.Any.Sample(id =>
    {
        Assert.Matches("^[A-Za-z0-9~-]{1,150}$", TableKeys.Escape(id));
        Assert.Matches("^[A-Za-z0-9~-]+$", TableKeys.EscapeInFull(id));
        Assert.Equal(id, TableKeys.Unescape(TableKeys.EscapeInFull(id)));
    }, iter: Iterations);

    [Fact]
    public void No_key_is_longer_than_the_service_takes() => Gen.Select(
        UntrustedIds.Any, UntrustedIds.Any, UntrustedIds.Any, Times).Sample((conversation, item, kind, time) =>
        {
            Assert.InRange(TableKeys.Timeline(new("shop", conversation, time, item, kind)).Length, 1, TableLimits.KeyLength);
            Assert.InRange(TableKeys.Recent(time, conversation).Length, 1, TableLimits.KeyLength);
            Assert.InRange(TableKeys.Conversation(conversation).Length, 1, TableLimits.KeyLength);
        }, iter: Iterations);

    [Fact]
    public void Timelines_sort_oldest_first_and_the_list_newest_first() =>
        Gen.Select(UntrustedIds.Any, UntrustedIds.Pairs, Times, Times).Sample((conversation, ids, one, other) =>
        {
            var order = Math.Sign(one.CompareTo(other));
            if (order == 0) return;
            Assert.Equal(order, Math.Sign(string.CompareOrdinal(
                TableKeys.Timeline(new("shop", conversation, one, ids.Item1, ids.Item2)),
                TableKeys.Timeline(new("shop", conversation, other, ids.Item2, ids.Item1)))));
            Assert.Equal(-order, Math.Sign(string.CompareOrdinal(
                TableKeys.Recent(one, ids.Item1), TableKeys.Recent(other, ids.Item2))));
        }, iter: Iterations);

    [Fact]
    public void The_limit_of_a_moment_separates_the_list_at_it() =>
        Gen.Select(UntrustedIds.Any, Times, Times).Sample((conversation, last, moment) =>
        {
            foreach (var at in (DateTimeOffset[])[last, moment])
            {
                Assert.Equal(at >= moment,
                    string.CompareOrdinal(TableKeys.Recent(at, conversation), TableKeys.RecentLimit(moment)) < 0);
            }
        }, iter: Iterations);

    private static ItemIdentity Item(string conversationId, string itemId, string kind) =>
        new("shop", conversationId, DateTimeOffset.UnixEpoch, itemId, kind);
}
