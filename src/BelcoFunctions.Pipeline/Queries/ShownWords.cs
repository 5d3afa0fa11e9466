using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The words that people see for stored values. <see cref="TypedValue"/> accepts them.</summary>
public static class ShownWords
{
    /// <summary>For an assignee that is missing.</summary>
    public const string Nobody = "Nobody";

    /// <summary>For any other value that is missing.</summary>
    public const string Unknown = "Unknown";

    private const string None = "–";

    /// <summary>A channel, in Belco's word, which is text from outside.</summary>
    public static string OfChannel(string? channel) => channel ?? None;

    /// <summary>A status. An unknown status keeps Belco's word, which is text from outside.</summary>
    public static string OfStatus(string? status) => status switch
    {
        null or "" => Unknown,
        ConversationStatus.Open => "Open",
        ConversationStatus.Closed => "Closed",
        _ => status,
    };
}
