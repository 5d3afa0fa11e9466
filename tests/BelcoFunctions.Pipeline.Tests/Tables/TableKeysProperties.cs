using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Generated;
using CsCheck;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Tables;

public sealed class TableKeysProperties
{
    private const int Iterations = 10_000;

    private static readonly Gen<DateTimeOffset> Times =
        Gen.DateTime[new DateTime(1601, 1, 1), new DateTime(9998, 12, 31)]
            .Select(time => new DateTimeOffset(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero));

    [Fact]
    public void Distinct_ids_give_distinct_keys_and_none_is_the_beginning_of_another() => UntrustedIds.Pairs.Sample((one, other) =>
    {
        if (one == other) return;
        Assert.NotEqual(TableKeys.Escape(one), TableKeys.Escape(other));
        Assert.False(TableKeys.Conversation(other).StartsWith(TableKeys.Conversation(one) + "_", StringComparison.Ordinal));
        Assert.False(KeyRange.Of(TableKeys.TimelinePrefix(one)).Contains(TableKeys.Timeline(Event(other, "r", "i"))));
    }, iter: Iterations);

    [Fact]
    public void Two_events_share_a_timeline_row_only_when_they_are_the_same() => Gen.Select(
        UntrustedIds.Pairs, UntrustedIds.Pairs, UntrustedIds.Pairs).Sample((conversation, request, item) =>
        {
            var one = Event(conversation.Item1, request.Item1, item.Item1);
            var other = Event(conversation.Item2, request.Item2, item.Item2);
            Assert.Equal(one == other, TableKeys.Timeline(one) == TableKeys.Timeline(other));
            // What ends one id and begins the next cannot be moved from one to the other.
            Assert.NotEqual(
                TableKeys.Timeline(Event("c", request.Item1 + "_" + item.Item1, "x")),
                TableKeys.Timeline(Event("c", request.Item1, item.Item1 + "_x")));
        }, iter: Iterations);

    [Fact]
    public void An_escaped_id_has_no_character_that_a_key_may_not_have_and_comes_back() => UntrustedIds.Any.Sample(id =>
    {
        Assert.Matches("^[A-Za-z0-9~-]{1,150}$", TableKeys.Escape(id));
        Assert.Matches("^[A-Za-z0-9~-]+$", TableKeys.EscapeInFull(id));
        Assert.Equal(id, TableKeys.Unescape(TableKeys.EscapeInFull(id)));
    }, iter: Iterations);

    [Fact]
    public void No_key_is_longer_than_the_service_takes() => Gen.Select(
        UntrustedIds.Any, UntrustedIds.Any, UntrustedIds.Any, Times).Sample((conversation, request, item, time) =>
        {
            Assert.InRange(TableKeys.Timeline(new("shop", conversation, time, request, item)).Length, 1, TableLimits.KeyLength);
            Assert.InRange(TableKeys.Recent(time, conversation).Length, 1, TableLimits.KeyLength);
            Assert.InRange(TableKeys.Conversation(conversation).Length, 1, TableLimits.KeyLength);
        }, iter: Iterations);

    [Fact]
    public void Timelines_sort_by_time_and_the_list_by_time_backwards() => Gen.Select(UntrustedIds.Any, UntrustedIds.Pairs, Times, Times)
        .Sample((conversation, ids, one, other) =>
        {
            var order = Math.Sign(one.CompareTo(other));
            if (order == 0) return;
            Assert.Equal(order, Math.Sign(string.CompareOrdinal(
                TableKeys.Timeline(new("shop", conversation, one, ids.Item1, ids.Item2)),
                TableKeys.Timeline(new("shop", conversation, other, ids.Item2, ids.Item1)))));
            Assert.Equal(-order, Math.Sign(string.CompareOrdinal(TableKeys.Recent(one, ids.Item1), TableKeys.Recent(other, ids.Item2))));
        }, iter: Iterations);

    private static EventIdentity Event(string conversationId, string requestId, string itemId) =>
        new("shop", conversationId, DateTimeOffset.UnixEpoch, requestId, itemId);
}
