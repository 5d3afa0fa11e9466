using System.Text;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class EventStringsTests
{
    private static readonly DateTimeOffset Dispatched = new(2025, 6, 11, 9, 18, 14, 109, TimeSpan.Zero);

    [Fact]
    public void An_event_that_can_be_projected_names_its_conversation_its_customers_and_the_moment_it_happened()
    {
        var strings = EventStrings.From(PayloadFiles.Read("conversation.closed"));

        Assert.Equal(PayloadFiles.ShopId, strings.ShopId);
        Assert.Equal(new DateTimeOffset(2025, 6, 11, 9, 18, 13, 409, TimeSpan.Zero), strings.CreatedAt);
        Assert.Equal(Dispatched, strings.Date);
        Assert.Equal("YX6HM6Sfbt4GvbvZb", Assert.Single(strings.CustomerIds));
        Assert.Equal(PayloadFiles.ConversationId, Assert.Single(strings.ConversationIds));
    }

    [Theory]
    [InlineData("customer", "other", "YX6HM6Sfbt4GvbvZb", "other")]
    [InlineData("contact", "other", "YX6HM6Sfbt4GvbvZb", "other")]
    [InlineData("contact", "YX6HM6Sfbt4GvbvZb", "YX6HM6Sfbt4GvbvZb")]
    [InlineData("user", "other", "YX6HM6Sfbt4GvbvZb")]
    [InlineData("contact", null, "YX6HM6Sfbt4GvbvZb")]
    public void The_customers_of_an_event_are_its_snapshots_and_the_one_who_acted(
        string actorType, string? actorId, params string[] customers)
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["payload"]!["conversation_item"]!["reference"] = new JsonObject { ["type"] = actorType, ["_id"] = actorId };

        Assert.Equal(customers, e.ToUtf8().ToEvent().CustomerIds);
        Assert.Equal(customers, EventStrings.From(e.ToUtf8()).CustomerIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_event_may_have_no_customer()
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["payload"]!["conversation"]!.AsObject().Remove("customerId");

        Assert.Empty(EventStrings.From(e.ToUtf8()).CustomerIds);
    }

    [Fact]
    public void In_any_other_event_each_string_may_be_an_id_and_so_may_each_name_that_is_not_from_Belco()
    {
        var strings = Read("""
            "shopId": "shop", "meta": { "status": ["in a list", 5, true, null], "a name": "\u0061b" }, "customerId": "shop"
            """);

        string[] ids = ["2025-06-11T09:18:14.109Z", "a name", "ab", "contact.created", "in a list", "request", "shop"];
        Assert.Equal(ids, strings.CustomerIds.Order(StringComparer.Ordinal));
        Assert.Equal(ids, strings.ConversationIds.Order(StringComparer.Ordinal));
        Assert.Equal(("shop", null, Dispatched), (strings.ShopId, strings.CreatedAt, strings.Date));
    }

    [Fact]
    public void Ids_have_from_1_to_128_characters_however_long_their_escapes_are()
    {
        var (longest, tooLong) = (new string('é', 128), new string('é', 129));

        var ids = Read($$"""
            "": "", "one": "{{Escaped(longest)}}", "two": "{{Escaped(tooLong)}}", "{{tooLong}}": 1
            """).CustomerIds;

        Assert.Contains(longest, ids);
        Assert.Contains("one", ids);
        Assert.DoesNotContain(tooLong, ids);
        Assert.DoesNotContain("", ids);
    }

    [Fact]
    public void An_event_does_not_have_to_name_a_shop_or_a_moment()
    {
        var strings = EventStrings.From("""{"requestId":"r","eventName":"x","date":"now","payload":{"shopId":""}}"""u8.ToArray());

        Assert.Equal((null, null, null), (strings.ShopId, strings.CreatedAt, strings.Date));
    }

    [Fact]
    public void A_body_that_is_not_JSON_is_read_up_to_its_error()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. """["before", error, "after"]"""u8];

        var strings = EventStrings.From(body);

        Assert.Equal("before", Assert.Single(strings.CustomerIds));
        Assert.Equal((null, null, null), (strings.ShopId, strings.CreatedAt, strings.Date));
    }

    [Fact]
    public void A_body_has_an_id_if_the_id_may_be_of_its_customer_or_its_conversation()
    {
        var strings = EventStrings.From(PayloadFiles.Read("conversation.closed"));

        Assert.True(strings.HasAny(new HashSet<string> { "x", "YX6HM6Sfbt4GvbvZb" }));
        Assert.True(strings.HasAny(new HashSet<string> { "x", PayloadFiles.ConversationId }));
        Assert.False(strings.HasAny(new HashSet<string> { "x", "HjheznXCgdmiuSTYa" }));
    }

    /// <summary>An event that is not projected.</summary>
    private static EventStrings Read(string payload) => EventStrings.From(Encoding.UTF8.GetBytes($$"""
        {
            "requestId": "request", "eventName": "contact.created", "date": "2025-06-11T09:18:14.109Z", "payload": { {{payload}} }
        }
        """));

    private static string Escaped(string text) => string.Concat(text.Select(character => $"\\u{(int)character:x4}"));
}
