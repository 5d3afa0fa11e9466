namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>The queue file of a serve in another process.</summary>
internal static class QueueFile
{
    /// <summary>Puts an event directly into its queue, without the receiver.</summary>
    public static void Enqueue(string dataFolder, QueuedEvent e, DateTimeOffset due = default)
    {
        using var queues = QueueDatabase.Open(dataFolder, create: false);
        queues.Execute(
            """
            INSERT INTO messages (queue, event_name, request_id, item_id, received_at, payload_blob, body, visible_at)
            VALUES ($queue, $event_name, $request_id, $item_id, $received_at, $payload_blob, $body, $due)
            """,
            ("$queue", e.Queue), ("$event_name", e.EventName), ("$request_id", e.RequestId), ("$item_id", e.ItemId),
            ("$received_at", e.ReceivedAt.ToUnixTimeMilliseconds()), ("$payload_blob", e.PayloadBlob),
            ("$body", e.Body.ToArray()), ("$due", due.ToUnixTimeMilliseconds()));
    }
}
