using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Dead letters and unprojected events for the tests to look at and to repair.</summary>
internal static class SampleRepairs
{
    /// <summary>A dead letter whose body is an event of <see cref="SampleShops.Samples"/>: a redrive ends as a
    /// duplicate.</summary>
    public const long Duplicate = 1_000_001;

    /// <summary>A dead letter that is hostile in every column. Only this one is redriven, because it has the highest id: webhooks
    /// after a redrive get still higher ids, and so never the id of another dead letter.</summary>
    public const long Hostile = 1_000_003;

    /// <summary>A dead letter whose blob is missing: a redrive makes it a dead letter again.</summary>
    public const long BlobMissing = 1_000_002;

    public const string MissingBlob = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The name of a hostile unprojected event.</summary>
    public const string HostileEvent = "contact.\u202E<script>alert(1)</script>";

    public static async Task AddAsync(HttpClient http, string dataFolder)
    {
        using var queues = QueueDatabase.Open(dataFolder, create: false);
        Add(queues, Duplicate, PayloadFiles.InShop("conversation.replied", SampleShops.Samples), "Failed",
            "InvalidOperationException: Operation is not valid due to the current state of the object.");
        Add(queues, Hostile, Encoding.UTF8.GetBytes(SampleShops.Script + "\0\u202E{\"a\":"), "Failed",
            SampleShops.Script + "\u202E" + new string('w', 500), SampleShops.Script + "\0" + new string('w', 300));
        Add(queues, BlobMissing, [], "NeverProjectable", $"The blob {MissingBlob} that has its body is missing.",
            blob: MissingBlob);
        await PostAsync(http, "contact.created", "{}");
        await PostAsync(http, HostileEvent, $"\"{new string('w', 400)}\\u202E\"");
        await http.DrainAsync();
    }

    /// <summary>Adds a dead letter of the queue of replies.</summary>
    public static void Add(
        Microsoft.Data.Sqlite.SqliteConnection queues, long id, byte[] body, string reason, string description,
        string? request = null, string? blob = null, string queue = QueueNames.ConversationReplied) => queues.Execute(
        """
        INSERT INTO dead_letters VALUES ($id, $queue, $event_name, $request_id, 'item', $received_at, NULL, $blob, NULL,
            $body, 10, $dead_lettered_at, $why, $description)
        """,
        ("$id", id), ("$queue", queue), ("$event_name", request ?? "conversation.replied"),
        ("$request_id", request ?? $"request-{id}"), ("$received_at", HoursAgo(3)), ("$blob", blob), ("$body", body),
        ("$dead_lettered_at", HoursAgo(1)),
        ("$why", reason), ("$description", description));

    /// <summary>Posts an event that is not projected.</summary>
    public static Task PostAsync(HttpClient http, string eventName, string payload) => SampleShops.PostAsync(http, new JsonObject
    {
        ["requestId"] = $"request-of-{eventName}",
        ["eventName"] = eventName,
        ["payload"] = new JsonObject { ["shopId"] = SampleShops.Samples, ["contact"] = JsonNode.Parse(payload) },
    }.ToUtf8());

    private static long HoursAgo(int hours) => DateTimeOffset.UtcNow.AddHours(-hours).ToUnixTimeMilliseconds();
}
