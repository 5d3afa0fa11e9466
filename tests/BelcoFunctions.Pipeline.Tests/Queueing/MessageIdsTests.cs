namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class MessageIdsTests
{
    // All ids of one to three of the characters "a./1". With such ids, two different pairs can easily give the same text when
    // they are joined. With random ids, this would hardly ever happen.
    private static readonly string[] Ids = [.. Longer([""]), .. Longer(Longer([""])), .. Longer(Longer(Longer([""])))];

    [Theory]
    [InlineData(7, 4, 12)]
    [InlineData(64, 63, 128)]
    [InlineData(64, 64, 64)]
    public void An_id_is_the_request_and_the_item_or_their_hash_if_too_long(int request, int item, int length)
    {
        var id = MessageIds.OfItem(new string('r', request), new string('i', item));
        Assert.Equal(length, id.Length);
        if (length > request) Assert.Equal($"{new string('r', request)}.{new string('i', item)}", id);
    }

    [Fact]
    public void Different_items_have_different_ids() => AssertDistinct(
        from request in Ids from item in Ids select MessageIds.OfItem(request, item));

    [Fact]
    public void Without_an_item_the_id_depends_on_the_body_alone()
    {
        var (one, two) = (WithoutItem("request", "1"), WithoutItem("request", "2"));
        Assert.NotEqual(one.MessageId, two.MessageId);
        Assert.Equal(one.MessageId, WithoutItem("another request", "1").MessageId);
    }

    [Fact]
    public void The_id_of_a_large_event_comes_from_its_item_or_else_from_its_blob()
    {
        var large = WithoutItem("request", "") with { PayloadBlob = "blob" };
        Assert.Equal("blob", large.MessageId);
        Assert.Equal("request.item", (large with { ItemId = "item" }).MessageId);
    }

    [Theory]
    [InlineData("request.item", "request.item/17")]
    [InlineData("request.item/1", "request.item/17")]
    [InlineData("request.item/9223372036854775807", "request.item/17")]
    [InlineData("/1", "/1/17")]
    [InlineData("a/", "a//17")]
    [InlineData("a/-1", "a/-1/17")]
    [InlineData("a/9223372036854775808", "a/9223372036854775808/17")]
    [InlineData("17", "17/17")]
    public void A_copy_has_the_number_of_its_dead_letter_instead_of_an_earlier_number(string id, string copy) =>
        Assert.Equal(copy, MessageIds.OfCopy(id, 17));

    [Fact]
    public void No_copy_has_the_id_of_another_event_or_of_its_copies() => AssertDistinct(
        from request in Ids from item in Ids from copies in Enumerable.Range(0, 3) select Copied(request, item, copies));

    [Theory]
    [InlineData(108)]
    [InlineData(109)]
    [InlineData(128)]
    public void A_copy_of_a_long_id_still_fits_and_keeps_its_original(int length)
    {
        var original = new string('r', length);
        var copy = MessageIds.OfCopy(original, long.MaxValue);
        var next = MessageIds.OfCopy(copy, long.MaxValue - 1);

        Assert.InRange(copy.Length, 1, 128);
        Assert.Equal(copy[..^1], next[..^1]);
        Assert.NotEqual(copy, next);
        Assert.NotEqual(copy, MessageIds.OfCopy(original[1..] + "s", long.MaxValue));
    }

    [Fact]
    public void An_id_of_108_characters_can_be_read_in_its_copy_and_a_longer_one_is_hashed()
    {
        Assert.Equal(new string('r', 108) + "/17", MessageIds.OfCopy(new string('r', 108), 17));
        Assert.Matches("^[0-9A-F]{64}/17$", MessageIds.OfCopy(new string('r', 109), 17));
    }

    private static IEnumerable<string> Longer(IEnumerable<string> ids) =>
        ids.SelectMany(id => "a./1".Select(character => id + character));

    private static void AssertDistinct(IEnumerable<string> messageIds)
    {
        var all = messageIds.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    private static string Copied(string request, string item, int copies) =>
        Enumerable.Range(1, copies).Aggregate(MessageIds.OfItem(request, item), (id, copy) => MessageIds.OfCopy(id, copy));

    private static QueuedEvent WithoutItem(string requestId, string body) => new()
    {
        Queue = QueueNames.UnprojectedEvents,
        Body = System.Text.Encoding.UTF8.GetBytes(body),
        EventName = "contact.created",
        RequestId = requestId,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
