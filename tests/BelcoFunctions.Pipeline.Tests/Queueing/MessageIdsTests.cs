using BelcoFunctions.Pipeline.Queueing;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class MessageIdsTests
{
    // All ids of up to three of the characters that ids are put together with: chance would find no two that read the same.
    private static readonly string[] Ids = [.. Longer([""]), .. Longer(Longer([""])), .. Longer(Longer(Longer([""])))];

    [Fact]
    public void An_id_shows_the_request_and_the_item() => Assert.Equal("request.item", MessageIds.OfItem("request", "item"));

    [Fact]
    public void An_id_is_never_longer_than_Service_Bus_takes()
    {
        Assert.Equal(128, MessageIds.OfItem(new string('r', 64), new string('i', 63)).Length);
        Assert.Equal(64, MessageIds.OfItem(new string('r', 64), new string('i', 64)).Length);
    }

    [Fact]
    public void Different_items_have_different_ids() => AssertDistinct(
        from request in Ids from item in Ids select MessageIds.OfItem(request, item));

    [Fact]
    public void A_copy_is_numbered()
    {
        Assert.Equal("request.item/1", MessageIds.OfCopy("request.item"));
        Assert.Equal("request.item/2", MessageIds.OfCopy("request.item/1"));
        Assert.Equal("request.item/10", MessageIds.OfCopy("request.item/9"));
    }

    [Fact]
    public void No_copy_has_the_id_of_another_event_or_of_its_copies() => AssertDistinct(
        from request in Ids from item in Ids from copies in Enumerable.Range(0, 3) select Copied(request, item, copies));

    [Theory]
    [InlineData("/1")]
    [InlineData("a/")]
    [InlineData("a/0")]
    [InlineData("a/-1")]
    [InlineData("a/2147483647")]
    [InlineData("a/99999999999")]
    [InlineData("17")]
    public void An_id_that_somebody_made_up_is_numbered_whole(string id) => Assert.Equal($"{id}/1", MessageIds.OfCopy(id));

    [Theory]
    [InlineData(117)]
    [InlineData(118)]
    [InlineData(128)]
    public void A_copy_of_a_long_id_still_fits_and_counts_on(int length)
    {
        var original = new string('r', length);
        var copy = MessageIds.OfCopy(original);
        var next = MessageIds.OfCopy(copy);

        Assert.InRange(copy.Length, 1, 128);
        Assert.Equal(copy[..^2], next[..^2]);
        Assert.EndsWith("/2", next);
        Assert.NotEqual(copy, MessageIds.OfCopy(original[1..] + "s"));
    }

    private static IEnumerable<string> Longer(IEnumerable<string> ids) => ids.SelectMany(id => "a./1".Select(character => id + character));

    private static void AssertDistinct(IEnumerable<string> messageIds)
    {
        var all = messageIds.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    private static string Copied(string request, string item, int copies) =>
        Enumerable.Range(0, copies).Aggregate(MessageIds.OfItem(request, item), (id, _) => MessageIds.OfCopy(id));
}
