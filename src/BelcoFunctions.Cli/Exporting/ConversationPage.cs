using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The page of a conversation for the customer who asked for access: its events, oldest first.</summary>
internal static class ConversationPage
{
    public static Html Begin(int number, NamedValues conversation) => Html.Format($"""
        {HtmlPage.Begin($"Conversation {number}")}
        <p><a href="../index.html">All conversations</a></p>
        <table>
        <tr><th>Conversation</th><td>{conversation["conversationId"]}</td></tr>
        <tr><th>Began</th><td>{conversation["createdAt"]}</td></tr>
        <tr><th>Channel</th><td>{conversation["channel"]}</td></tr>
        <tr><th>Status</th><td>{conversation["status"]}</td></tr>
        <tr><th>Customer</th><td>{conversation.Person("customerId", "customerName")}</td></tr>
        </table>

        """);

    /// <param name="e">The event.</param>
    /// <param name="file">The event as Belco sent it, from the folder of the page; null if it is missing.</param>
    public static Html Event(NamedValues e, string? file) => Html.Format($"""
        <article class="{ClassOf(e)}">
        <p class="about">{e["at"]} · {TitleOf(e)}</p>
        {MessageMarkup.From(e)}<p class="about">{Source(file)}</p>
        </article>

        """);

    private static string ClassOf(NamedValues e) =>
        e["kind"] is "note" ? "note"
            : ConversationItem.SideOf(e["actorType"]) is MessageSide.Customer ? "customer" : "other";

    private static string TitleOf(NamedValues e)
    {
        var what = e["kind"] switch
        {
            "message" => "message",
            "note" => "internal note",
            "assignment" => e.Person("assignedTo", "assignedToName") is { } user ? $"assigned to {user}" : "assigned to nobody",
            "close" => "closed",
            "open" => "reopened",
            var other => other,
        };
        var who = e["actorType"] switch
        {
            "user" => "agent",
            "auto" => "automatic",
            var other => other,
        };
        return who is null ? $"{what}" : $"{what} · {who} {e.Person("actorId", "actorName")}";
    }

    private static Html Source(string? file) => file is null
        ? Html.Format($"The event as Belco sent it is missing in the archive.")
        : Html.Format($"<a href=\"../{file}\">the event as Belco sent it</a>");
}
