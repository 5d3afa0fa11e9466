using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The shops that the browser tests look at.</summary>
internal static class SampleShops
{
    /// <summary>Belco's six samples.</summary>
    public const string Samples = "samples";

    /// <summary>More conversations than fit on a page.</summary>
    public const string Busy = "busy";

    public const int BusyConversations = 60;

    /// <summary>The attachment of the busy shop's seventh conversation.</summary>
    public const string Attachment = "https://files.example/labels/return-label.pdf?order=10023";

    /// <summary>Everything in this shop is hostile, even its id.</summary>
    public const string Hostile = "a/../b\"<script>alert(1)</script>";

    public const string HostileConversation = "..";

    public const string Script = "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">";

    /// <summary>The id of the hostile conversation's customer, and of its assignee.</summary>
    public static string HostileId { get; } = Script[..60] + "\0\u202E" + new string('w', 60);

    /// <summary>The bodies of the hostile conversation, in their order.</summary>
    public static IReadOnlyList<string> HostileBodies { get; } =
    [
        Script,
        "\u202E\u2066never closed",
        "مرحبا، هذه رسالة مع English في الوسط",
        new('x', 100_000),
        "\0\u0001\u0007\u001b[31m\u007f",
        "half \uD83D an emoji",
        string.Concat(Enumerable.Repeat("Z\u0334\u0321\u0351", 200)),
        new string('\n', 60) + "after many breaks",
    ];

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static async Task PostAsync(HttpClient http, PipelineStorage storage)
    {
        foreach (var name in PayloadFiles.Names) await PostAsync(http, PayloadFiles.InShop(name, Samples));
        for (var number = 0; number < BusyConversations; number++) await PostAsync(http, BusyEvent(number));
        foreach (var (index, body) in HostileBodies.Index()) await PostAsync(http, HostileEvent(index, body));
        await SampleNames.WriteAsync(storage);
        await WaitAsync(storage, Samples, conversations: 1, events: PayloadFiles.Names.Count);
        await WaitAsync(storage, Busy, BusyConversations, BusyConversations);
        await WaitAsync(storage, Hostile, conversations: 1, HostileBodies.Count);
        await storage.StoreMarkAsync(new(Busy, "run-1", Start) { CompleteAsOf = Start });
        await storage.StoreMarkAsync(new(Hostile, Script, Start)
        {
            Since = Start.AddDays(-1),
            MissingItems = 1_000,
            Missing = [new(HostileConversation, Script, "\u202E" + Script), new(new('w', 128), null, "it has no id.")],
        });
    }

    /// <summary>A conversation of the busy shop: a higher number is more recent.</summary>
    public static string BusyId(int number) => $"busy-{number.ToString("D2", CultureInfo.InvariantCulture)}";

    private static byte[] BusyEvent(int number) => Event(
        EventNames.ConversationCreated, Busy, BusyId(number), number, item =>
        {
            item["body"] = $"message {number}";
            if (number == 7) item["attachments"] = new JsonArray(new JsonObject { ["name"] = "label", ["url"] = Attachment });
        },
        conversation =>
        {
            conversation["channel"] = number % 2 == 0 ? "chat" : "email";
            conversation["status"] = number % 3 == 0 ? "closed" : "open";
            conversation["assignedTo"] = $"agent-{number % 4}";
            conversation["customerId"] = $"customer-{number % 10}";
        });

    private static byte[] HostileEvent(int number, string body) => Event(
        EventNames.ConversationReplied, Hostile, HostileConversation, number, item =>
        {
            item["body"] = body;
            item["via"] = Script;
            item["pageTitle"] = "\u202E" + Script;
            item["pageUrl"] = "javascript:alert(1)";
            item["attachments"] = JsonNode.Parse(
                """["javascript:alert(1)",{"url":"javascript:alert(1)","name":"name"},{"x":[1]},[1],null]""");
            item["reference"] = new JsonObject { ["type"] = number % 2 == 0 ? "customer" : "user", ["_id"] = Script };
        },
        conversation =>
        {
            foreach (var field in (string[])["channel", "type", "status", "assignedTo", "customerId", "organizationId"])
            {
                conversation[field] = HostileId;
            }
        });

    private static byte[] Event(string name, string shopId, string conversationId, int number,
        Action<JsonObject> changeItem, Action<JsonObject> changeConversation)
    {
        var (e, at) = (PayloadFiles.Parse(name), Start.AddMinutes(number));
        e["requestId"] = $"{Script[..20]}{number}";
        e["date"] = EventTime.ToText(at.AddSeconds(1));
        var payload = e["payload"]!;
        payload["shopId"] = shopId;
        var (conversation, item) = (payload["conversation"]!.AsObject(), payload["conversation_item"]!.AsObject());
        conversation["_id"] = conversationId;
        item["_id"] = $"../{number}";
        item["createdAt"] = EventTime.ToText(at);
        changeItem(item);
        changeConversation(conversation);
        return e.ToUtf8();
    }

    /// <summary>Posts a webhook, and asserts that it is accepted.</summary>
    public static async Task PostAsync(HttpClient http, byte[] body)
    {
        using var response = await http.PostWebhookAsync(body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until a shop has this number of conversations and of events.</summary>
    public static async Task WaitAsync(PipelineStorage storage, string shopId, int conversations, int events)
    {
        var queries = new ConversationQueries(storage.Conversations);
        var page = PageRequest.OfConversations(500, continuationToken: null);
        await TestTimeout.UntilAsync(async cancellationToken =>
        {
            var listed = await queries.ListAsync(shopId, new ConversationFilter(), page!, cancellationToken);
            return listed.Rows.Count == conversations && listed.Rows.Sum(row => row.Events) == events;
        });
    }
}
