using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The answers for a conversation or an event that is not in the archive.</summary>
internal static class ConversationErrors
{
    public static IResult ConversationNotFound() => ErrorPages.NotFound("Conversation not found",
        "The archive has no event of this conversation in this shop, or the link is for a page of another timeline.");

    public static IResult EventNotFound() => ErrorPages.NotFound("Event not found",
        "The timeline of this conversation has no such event.");
}
