using System.Text;
using System.Text.Json;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class ApiItemsTests
{
    private const string Message =
        """{"_id":"i","type":"message","createdAt":"2025-06-11T09:15:05.095Z","reference":{"type":"customer","_id":"c"}""";

    private static readonly DateTimeOffset AnsweredAt = new(2025, 6, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly FieldNotes notes = new();

    [Fact]
    public void The_body_has_the_items_bytes_as_they_came_and_nothing_that_changes()
    {
        var item = Message + """, "new" :  [1e2,"\u00e9"],"body":"caf\u00e9" }""";

        var written = Assert.IsType<ApiItem.Writable>(Assert.Single(Read($"[ {item} ]")!)).Event;

        Assert.Equal($$$"""
            {"eventName":"item.imported","payload":{"shopId":"shop","conversation":{"_id":"talk"},"conversation_item":{{{item}}}}}
            """, Encoding.UTF8.GetString(written.Raw.Span));
        Assert.Equal(("shop", "talk", "i", "message"),
            (written.ShopId, written.Conversation.Id, written.Item.Id, written.Kind));
        Assert.Equal(("café", "customer", "c"), (written.Item.Body, written.Item.ActorType, written.Item.ActorId));
    }

    [Fact]
    public void An_object_with_the_items_is_read_like_the_array_alone() =>
        Assert.IsType<ApiItem.Writable>(Assert.Single(Read($$"""{"items":[{{Message}}}]}""")!));

    [Theory]
    [InlineData("""{"error":"no"}""")]
    [InlineData("7")]
    [InlineData("null")]
    public void Another_answer_is_not_understood(string json) => Assert.Null(Read(json));

    [Fact]
    public void Plain_ids_become_those_that_events_have_wherever_events_have_an_id()
    {
        var item = """
            {"id":"i","type":"note","createdAt":"2025-06-11T09:15:05Z","reference":{"type":"user","id":"u"},"_id":null}
            """;

        var read = Assert.IsType<ApiItem.Writable>(Assert.Single(Read($"[{item}]")!)).Event;

        Assert.Equal(("i", "u"), (read.Item.Id, read.Item.ActorId));
        Assert.Contains(item[..^1], Encoding.UTF8.GetString(read.Raw.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-06-11T11:15:05+02:00")]
    [InlineData("2025-06-11T09:15:05Z")]
    [InlineData("2025-06-11T09:15:05.0009Z")]
    public void A_time_may_have_an_offset_and_any_fraction(string createdAt)
    {
        var item = $$"""{"_id":"i","type":"open","createdAt":"{{createdAt}}"}""";

        var read = Assert.IsType<ApiItem.Writable>(Assert.Single(Read($"[{item}]")!)).Event;

        Assert.Equal(new DateTimeOffset(2025, 6, 11, 9, 15, 5, TimeSpan.Zero), read.Item.CreatedAt);
    }

    [Theory]
    [InlineData("""{"_id":"i","type":"message"}""", "createdAt is missing.")]
    [InlineData("""{"_id":"i","type":"message","createdAt":null}""", "createdAt is missing.")]
    [InlineData("""{"_id":"i","type":"message","createdAt":1749633305}""", "createdAt is not a string.")]
    [InlineData("""{"_id":"i","type":"message","createdAt":"2025-06-11T09:15:05"}""",
        "createdAt is not an ISO 8601 time with an offset in the years 1601 to 9998.")]
    [InlineData("""{"_id":"i","type":"message","createdAt":"2025-06-13T00:00:01Z"}""", "createdAt is more than 24 hours ahead.")]
    [InlineData("""{"_id":"i","createdAt":"2025-06-11T09:15:05Z"}""", "type is missing.")]
    [InlineData("""{"_id":"i","type":"message","createdAt":"2025-06-11T09:15:05Z","reference":7}""",
        "reference is not an object.")]
    public void An_item_that_fails_the_checks_of_webhooks_is_missing(string item, string reason) =>
        Assert.Equal(new ApiItem.Unusable("i", reason), Assert.Single(Read($"[{item}]")!));

    [Theory]
    [InlineData("""{"type":"message","createdAt":"2025-06-11T09:15:05Z"}""", "_id is missing.")]
    [InlineData("""{"_id":7,"type":"message","createdAt":"2025-06-11T09:15:05Z"}""", "_id is not a string.")]
    [InlineData("""{"_id":"","type":"message","createdAt":"2025-06-11T09:15:05Z"}""", "_id is empty.")]
    [InlineData("""{"_id":"\ud83d","type":"message","createdAt":"2025-06-11T09:15:05Z"}""", "_id has an unpaired surrogate.")]
    [InlineData("7", "It is not an object.")]
    public void An_item_without_an_id_is_missing(string item, string reason) =>
        Assert.Equal(new ApiItem.Unusable(null, reason), Assert.Single(Read($"[{item}]")!));

    [Theory]
    [InlineData("tag", "tag")]
    [InlineData("call.ended-1", "call.ended-1")]
    [InlineData("jan@example.com", "…")]
    [InlineData("a very long story about somebody", "…")]
    [InlineData("", "…")]
    public void Other_types_are_of_a_kind_that_is_not_written(string type, string told) => Assert.Equal(
        new ApiItem.OfAnotherKind("i", told), Assert.Single(Read($$"""[{"_id":"i","type":"{{type}}"}]""")!));

    [Fact]
    public void Items_nested_too_deeply_are_missing_and_the_others_are_read()
    {
        var deep = new string('[', 62) + new string(']', 62);

        var items = Read($$"""[{{{Message[1..]}},"deep":{{deep}}},{{Message}}}]""")!;

        Assert.IsType<ApiItem.Unusable>(items[0]);
        Assert.IsType<ApiItem.Writable>(items[1]);
    }

    [Fact]
    public void Fields_that_are_not_understood_are_noted_with_name_and_type_and_never_with_a_value()
    {
        Read($$$"""[{{{Message}}},"secret":"value","viaApi":"yes","jan@example.com":1,"i2":2,"\ud83d":{}}]""");

        Assert.Equal(
        [
            new("item.secret", "string"), new("item.viaApi", "string"), new("item.…", "number"), new("item.…", "object"),
        ], notes.Fields);
    }

    [Fact]
    public void The_fields_of_the_samples_are_understood()
    {
        Assert.All(PayloadFiles.Names, name =>
            Read($"[{PayloadFiles.Parse(name)["payload"]!["conversation_item"]!.ToJsonString()}]"));

        Assert.Equal([], notes.Fields);
    }

    [Fact]
    public void Any_number_of_names_fills_a_bounded_list()
    {
        var fields = string.Join(',', Enumerable.Range(0, 1_000).Select(index =>
            $"\"{new string([.. index.ToString("D4").Select(digit => (char)(digit - '0' + 'a'))])}\":1"));

        Read($"[{Message},{fields}}}]");

        Assert.Equal(200, notes.Fields.Count);
    }

    private IReadOnlyList<ApiItem>? Read(string json) =>
        ApiItems.Read(new BelcoAnswer(Encoding.UTF8.GetBytes(json), ReadAt: AnsweredAt.AddDays(-7), AnsweredAt),
            "shop", "talk", notes);
}
