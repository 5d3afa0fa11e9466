using System.Text.Json.Nodes;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>An event with a field missing or ill-typed is kept, with a reason that names the field.</summary>
public sealed class FieldTypeTests
{
    private const string Conversation = "payload.conversation.";
    private const string Item = "payload.conversation_item.";

    /// <summary>Every field of the samples: whether projecting needs it, and its type.</summary>
    private static readonly (string Path, bool Needed, string Type)[] Fields =
    [
        ("date", true, "string"),
        ("payload", true, "object"),
        ("payload.shopId", true, "string"),
        ("payload.conversation", true, "object"),
        (Conversation + "_id", true, "string"),
        (Conversation + "organizationId", false, "string"),
        (Conversation + "customerId", false, "string"),
        (Conversation + "channel", false, "string"),
        (Conversation + "type", false, "string"),
        (Conversation + "status", false, "string"),
        (Conversation + "assignedTo", false, "string"),
        (Conversation + "firstItemId", false, "string"),
        (Conversation + "lastItemId", false, "string"),
        (Conversation + "createdAt", false, "string"),
        ("payload.conversation_item", true, "object"),
        (Item + "_id", true, "string"),
        (Item + "type", true, "string"),
        (Item + "createdAt", true, "string"),
        (Item + "updatedAt", false, "string"),
        (Item + "body", false, "string"),
        (Item + "via", false, "string"),
        (Item + "viaApi", false, "boolean"),
        (Item + "attachments", false, "array"),
        (Item + "reference", false, "object"),
        (Item + "reference.type", false, "string"),
        (Item + "reference._id", false, "string"),
        (Item + "meta", false, "object"),
        (Item + "meta.assignedTo", false, "string"),
        (Item + "meta.previousUserId", false, "string"),
        (Item + "meta.status", false, "string"),
        (Item + "pageUrl", false, "string"),
        (Item + "pageTitle", false, "string"),
        (Item + "pageReferrer", false, "string"),
        (Item + "shopId", false, "string"),
        (Item + "conversationId", false, "string"),
    ];

    /// <summary>The fields that are only shown.</summary>
    private static readonly string[] OnlyShown =
        ["updatedAt", "via", "viaApi", "attachments", "pageUrl", "pageTitle", "pageReferrer"];

    private static readonly (string Type, string Json)[] Values =
    [
        ("string", "\"text\""), ("number", "-1.5e300"), ("boolean", "true"), ("boolean", "false"), ("array", "[[]]"),
        ("object", "{\"_id\":1}"),
    ];

    public static IEnumerable<object[]> StrictFields => AllFields.Where(row => !OnlyShown.Contains(NameOf(row)));

    public static IEnumerable<object[]> ShownFields => AllFields.Where(row => OnlyShown.Contains(NameOf(row)));

    public static IEnumerable<object[]> AllFields => Fields.Select(row => new object[] { row.Path, row.Needed, row.Type });

    [Fact]
    public void The_list_has_every_field_that_is_read() => Assert.Equal(
        EventSchema.Envelope.Descendants.Prepend(EventSchema.Envelope).Select(field => (field.Path, field.Needed)),
        [("", true), ("requestId", true), ("eventName", true), .. Fields.Select(row => (row.Path, row.Needed))]);

    [Theory]
    [MemberData(nameof(StrictFields))]
    public async Task A_value_of_another_type_is_the_reason(string path, bool needed, string type)
    {
        _ = needed;
        var article = type is "array" or "object" ? "an" : "a";
        foreach (var (_, json) in Values.Where(value => value.Type != type))
        {
            (await Webhook.ReceiveAsync(With(path, JsonNode.Parse(json))))
                .ShouldBeUnprojected($"{path} is not {article} {type}.");
        }
    }

    [Theory]
    [MemberData(nameof(ShownFields))]
    public async Task A_field_that_is_only_shown_is_omitted_and_named(string path, bool needed, string type)
    {
        Assert.False(needed);
        foreach (var (_, json) in Values.Where(value => value.Type != type))
        {
            var e = (await Webhook.ReceiveAsync(With(path, JsonNode.Parse(json)))).ShouldBeProjected();
            Assert.Equal(path[Item.Length..], e.Item.IgnoredFields);
            Assert.Equal(
                (await Webhook.ReceiveAsync(Without(path))).ShouldBeProjected() with { Raw = default },
                e with { Raw = default, Item = e.Item with { IgnoredFields = null } });
        }
    }

    [Theory]
    [InlineData("""{"viaApi":"false","updatedAt":""}""", "updatedAt, viaApi")]
    [InlineData("""{"updatedAt":"yesterday"}""", "updatedAt")]
    [InlineData("""{"updatedAt":"2025-06-11T09:15:05"}""", "updatedAt")]
    [InlineData("""{"attachments":"photo.jpg","pageUrl":1,"pageTitle":[],"pageReferrer":{},"via":false}""",
        "via, attachments, pageUrl, pageTitle, pageReferrer")]
    [InlineData("""{"viaApi":null,"updatedAt":null,"attachments":null}""", null)]
    public async Task All_omitted_fields_are_named_in_the_row(string fields, string? named)
    {
        var sample = PayloadFiles.Parse("conversation.replied");
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
            sample["payload"]!["conversation_item"]![name] = value?.DeepClone();

        var e = (await Webhook.ReceiveAsync(sample)).ShouldBeProjected();

        var row = TimelineRow.ToEntity(e, DateTimeOffset.UnixEpoch, payloadBlob: null);
        Assert.Equal(named, row.GetString("IgnoredFields"));
        Assert.NotNull(row.GetString("Body"));
    }

    [Theory]
    [MemberData(nameof(AllFields))]
    public async Task A_null_or_missing_field_is_the_reason_only_if_it_is_needed(string path, bool needed, string type)
    {
        _ = type;
        foreach (var e in new[] { With(path, null), Without(path) })
        {
            var received = await Webhook.ReceiveAsync(e);
            if (needed) received.ShouldBeUnprojected($"{path} is missing.");
            else received.ShouldBeProjected();
        }
    }

    [Fact]
    public async Task Unknown_fields_may_have_any_value()
    {
        var e = PayloadFiles.Parse("conversation.replied");
        foreach (var parent in new[] { e, e["payload"]!, e["payload"]!["conversation"]!, e["payload"]!["conversation_item"]! })
        {
            foreach (var (index, (_, json)) in Values.Index()) parent["unknown" + index] = JsonNode.Parse(json);
            parent["RequestId"] = 1;
            parent[""] = null;
        }

        (await Webhook.ReceiveAsync(e)).ShouldBeProjected();
    }

    [Fact]
    public async Task The_first_error_is_the_reason_whatever_follows() =>
        (await Webhook.ReceiveAsync("""{"requestId":"r","eventName":"conversation.closed"}"""))
            .ShouldBeUnprojected("date is missing.");

    private static string NameOf(object[] row) => ((string)row[0]).Split('.')[^1];

    private static JsonObject With(string path, JsonNode? value)
    {
        var (e, parent, name) = Find(path);
        parent[name] = value;
        return e;
    }

    private static JsonObject Without(string path)
    {
        var (e, parent, name) = Find(path);
        parent.Remove(name);
        return e;
    }

    private static (JsonObject Event, JsonObject Parent, string Name) Find(string path)
    {
        var e = PayloadFiles.Parse("conversation.assigned");
        var parent = e;
        var names = path.Split('.');
        foreach (var name in names[..^1]) parent = parent[name]!.AsObject();
        return (e, parent, names[^1]);
    }
}
