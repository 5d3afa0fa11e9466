namespace BelcoFunctions.Pipeline.Events;

/// <summary>The kinds of items that are projected. The kind is a part of an item's identity.</summary>
public static class ItemKind
{
    public const string Message = "message";
    public const string Note = "note";
    public const string Assignment = "assignment";
    public const string Close = "close";
    public const string Open = "open";

    /// <summary>The kind of an item: for a webhook by the event's name, for an imported item by its type.</summary>
    public static string From(string eventName, string? itemType) => eventName switch
    {
        EventNames.ConversationNoteAdded => Note,
        EventNames.ConversationAssigned => Assignment,
        EventNames.ConversationClosed => Close,
        EventNames.ConversationReopened => Open,
        EventNames.ItemImported => itemType ?? Message,
        _ => Message,
    };

    /// <summary>Whether items of this type are projected. Belco's API has others, like tags and calls.</summary>
    public static bool IsProjected(string? itemType) => itemType is Message or Note or Assignment or Close or Open;
}
