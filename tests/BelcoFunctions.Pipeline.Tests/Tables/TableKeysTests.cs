using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Tables;

public sealed class TableKeysTests
{
    [Theory]
    [InlineData("sSzxq7tMBFmCY28o8", "sSzxq7tMBFmCY28o8")]
    [InlineData("a-b", "a-b")]
    [InlineData("a_b", "a~5Fb")]
    [InlineData("~h", "~7Eh")]
    [InlineData("a/b\\c#d?e%f.g", "a~2Fb~5Cc~23d~3Fe~25f~2Eg")]
    [InlineData("é😀", "~C3~A9~F0~9F~98~80")]
    [InlineData("a\0\u202Eb", "a~00~E2~80~AEb")]
    public void Ids_are_escaped_byte_by_byte_and_back(string id, string escaped)
    {
        Assert.Equal(escaped, TableKeys.Escape(id));
        Assert.Equal(id, TableKeys.Unescape(escaped));
    }

    [Fact]
    public void A_long_id_is_its_hash_which_no_other_id_escapes_to()
    {
        Assert.Equal(150, TableKeys.Escape(new string('a', 150)).Length);
        var hashed = TableKeys.Escape(new string('_', 51));
        Assert.StartsWith("~h", hashed, StringComparison.Ordinal);
        Assert.Equal(66, hashed.Length);
        Assert.NotEqual(hashed, TableKeys.Escape(hashed));
        Assert.NotEqual(hashed, TableKeys.Escape(new string('_', 52)));
    }

    [Fact]
    public void No_key_is_longer_than_the_service_takes()
    {
        var id = new string('/', 128);
        var key = TableKeys.Timeline(new EventIdentity("shop", id, DateTimeOffset.UnixEpoch, id, id));
        Assert.True(key.Length <= TableLimits.KeyLength, $"{key.Length} characters");
    }

    [Fact]
    public void The_rows_of_one_conversation_are_not_in_the_range_of_another_whose_id_begins_alike()
    {
        var range = KeyRange.Of(TableKeys.TimelinePrefix("a"));
        Assert.True(range.Contains(TableKeys.Timeline(new("shop", "a", DateTimeOffset.UnixEpoch, "r", "i"))));
        foreach (var other in new[] { "ab", "a_b", "a_", "A", "a~", "a/" })
        {
            Assert.False(range.Contains(TableKeys.Timeline(new("shop", other, DateTimeOffset.UnixEpoch, "r", "i"))), other);
        }
    }

    [Fact]
    public void The_list_sorts_the_newest_first()
    {
        var newer = TableKeys.Recent(DateTimeOffset.UnixEpoch.AddMilliseconds(1), "b");
        var older = TableKeys.Recent(DateTimeOffset.UnixEpoch, "a");
        Assert.True(string.CompareOrdinal(newer, older) < 0);
    }

    [Fact]
    public void The_timeline_sorts_by_time()
    {
        var first = TableKeys.Timeline(new("shop", "c", DateTimeOffset.UnixEpoch, "z", "z"));
        var second = TableKeys.Timeline(new("shop", "c", DateTimeOffset.UnixEpoch.AddMilliseconds(1), "a", "a"));
        Assert.Equal("timeline_c_19700101T000000000Z_z_z", first);
        Assert.True(string.CompareOrdinal(first, second) < 0);
    }
}
