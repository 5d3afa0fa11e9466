using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Viewer.Shared.Text;
using BelcoFunctions.Viewer.Transcripts;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The first page of an answer to a request for access: what is in the folder, and what is not.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="CustomerName">The customer's name; null if the archive has none.</param>
/// <param name="At">When it was exported.</param>
/// <param name="Conversations">In the order of their numbers.</param>
/// <param name="Events">All events of the conversations.</param>
/// <param name="Missing">Events whose bytes the archive no longer has.</param>
/// <param name="Unprojected">The files of unprojected events.</param>
/// <param name="Remaining">The rows that could not be read, so nobody can tell which customer they belong to.</param>
internal sealed record CustomerIndex(string ShopId, string CustomerId, string? CustomerName, DateTimeOffset At,
    IReadOnlyList<ConversationSummary> Conversations, int Events, int Missing, IReadOnlyList<string> Unprojected,
    RemainingRows Remaining)
{
    public Html ToHtml() => Html.Format($"""
        {HtmlPage.Begin("Conversations of a customer")}
        <table>
        <tr><th>Customer</th><td>{VisibleText.OfLine(CustomerId)}</td></tr>
        {NameRow()}<tr><th>Shop</th><td>{VisibleText.OfLine(ShopId)}</td></tr>
        <tr><th>Exported</th><td>{ConversationPage.Words.Moment(At)}</td></tr>
        </table>
        <h2>Conversations</h2>
        <p>All conversations in the archive that are or were this customer's: {Conversations.Count}. Times are in UTC.</p>
        <table>
        <tr><th>Conversation</th><th>Began</th><th>Last change</th><th>Channel</th><th>Status</th><th>Messages</th></tr>
        {Conversations.Select((conversation, index) => Row(index + 1, conversation))}</table>
        {UnprojectedSection()}<h2>For programs</h2>
        <ul>
        <li><a href="conversations.jsonl">conversations.jsonl</a>: a line for each conversation</li>
        <li><a href="timeline.jsonl">timeline.jsonl</a>: a line for each event of a conversation, with the name of its file</li>
        <li>events: a file for each event, byte for byte as Belco sent it: {CountText.Format(Events - Missing, "file")}</li>
        </ul>
        <h2>What is not here</h2>
        <ul>
        <li>Attachments themselves. Belco has them; the events have their names and addresses.</li>
        <li>Events that still wait in a queue, and dead letters: events that could not be processed.</li>
        <li>Data that only Belco has.</li>
        {MissingNote()}{RemainingNote()}</ul>
        {HtmlPage.End}
        """);

    /// <summary>The sentence about rows that could not be read.</summary>
    public string RemainingSentence => Remaining.Count == 1
        ? "1 row in the archive could not be read, so nobody can tell whether it is this customer's."
        : $"{Remaining.Count} rows in the archive could not be read, so nobody can tell whether they are this customer's.";

    /// <summary>The path of a conversation's page, relative to the folder.</summary>
    public static string PageOf(int number) => $"conversations/{number:D4}.html";

    private static Html Row(int number, ConversationSummary conversation) => Html.Format($"""
        <tr><td><a href="{PageOf(number)}">{number}</a></td><td>{Moment(conversation.CreatedAt)}</td>
        <td>{Moment(conversation.LastItemAt)}</td><td>{VisibleText.OfLine(conversation.Channel ?? "")}</td>
        <td>{VisibleText.OfLine(conversation.Status ?? "")}</td>
        <td>{conversation.CustomerMessages} from the customer, {conversation.AgentMessages} from agents</td></tr>

        """);

    private static string Moment(DateTimeOffset? time) => time is { } known ? ConversationPage.Words.Moment(known) : "";

    private Html NameRow() => CustomerName is null ? Html.Format($"")
        : Html.Format($"<tr><th>Name</th><td>{VisibleText.OfLine(CustomerName)}</td></tr>\n");

    private Html UnprojectedSection() => Unprojected.Count == 0 ? Html.Format($"") : Html.Format($"""
        <h2>Other events</h2>
        <p>Events that name the customer or one of the conversations, and are not part of a conversation:</p>
        <ul>
        {Unprojected.Select(file => Html.Format($"<li><a href=\"{file}\">{file}</a></li>\n"))}</ul>

        """);

    private Html MissingNote() => Missing == 0
        ? Html.Format($"")
        : Html.Format($"<li>The bytes of {CountText.Format(Missing, "event")}: the archive no longer has them.</li>\n");

    private Html RemainingNote() => Remaining.Count == 0 ? Html.Format($"") : Html.Format($"<li>{RemainingSentence}</li>\n");
}
