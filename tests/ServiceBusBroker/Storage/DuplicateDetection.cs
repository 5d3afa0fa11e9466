namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>Remembers the ids of messages for a while. Not thread-safe.</summary>
internal sealed class DuplicateDetection(TimeSpan window, TimeProvider time)
{
    private readonly Dictionary<string, DateTimeOffset> seen = [];

    /// <summary>Returns false for an id that came within the window. A message without an id is always new.</summary>
    public bool IsNew(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId)) return true;
        var now = time.GetUtcNow();
        if (seen.TryGetValue(messageId, out var last) && now - last < window) return false;
        seen[messageId] = now;
        return true;
    }
}
