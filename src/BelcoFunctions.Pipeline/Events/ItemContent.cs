using System.Text.Json;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>What a telling says of an item. Two tellings of one item that differ in this are both stored.</summary>
internal static class ItemContent
{
    // A string that is an address with a signature of AWS, CloudFront, Google Cloud or Azure in its query. The group is the part
    // before the query.
    private static readonly Regex SignedAddress = new(
        """("https?:(?:[^"?\\\s]|\\.)*)\?(?:[^"\\\s]|\\.)*\b(?:X-Amz-Signature|X-Goog-Signature|Signature|sig)="""
            + """(?:[^"\\\s]|\\.)*""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

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
        using var firstArray = JsonDocument.Parse(WithoutSignatures(first ?? "[]"));
        using var secondArray = JsonDocument.Parse(WithoutSignatures(second ?? "[]"));
        return JsonElement.DeepEquals(firstArray.RootElement, secondArray.RootElement);
    }

    // A store of files signs an address for some hours, so that each answer of the API has another one for the same file.
    private static string WithoutSignatures(string json) => SignedAddress.Replace(json, "$1");
}
