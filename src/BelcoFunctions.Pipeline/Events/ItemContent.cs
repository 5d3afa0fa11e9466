using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>What a telling says of an item. Two tellings of one item that differ in this are both stored.</summary>
internal static class ItemContent
{
    /// <summary>Whether two tellings say the same of the item: its type, body, actor, meta and attachments.</summary>
    public static bool IsSame(ConversationItem first, ConversationItem second) =>
        first.Type == second.Type && first.Body == second.Body
        && first.ActorType == second.ActorType && first.ActorId == second.ActorId
        && first.AssignedTo == second.AssignedTo && first.PreviousAssignee == second.PreviousAssignee
        && first.PreviousStatus == second.PreviousStatus && AreSame(first.Attachments, second.Attachments);

    // No attachments and an empty array mean the same. The order of properties and white space mean nothing.
    private static bool AreSame(string? first, string? second)
    {
        if (first == second) return true;
        using var firstArray = JsonDocument.Parse(first ?? "[]");
        using var secondArray = JsonDocument.Parse(second ?? "[]");
        return JsonElement.DeepEquals(firstArray.RootElement, secondArray.RootElement);
    }
}
