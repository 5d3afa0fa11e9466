using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Transcripts;
using NodaTime;
using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows a conversation in the terminal: its facts as a table, and each item of its timeline in the words of a
/// transcript. A long line of a message stays indented, so that no message can look like another item.</summary>
/// <param name="console">The terminal.</param>
/// <param name="conversation">The conversation.</param>
internal sealed class ConversationRendering(IAnsiConsole console, ConversationSummary conversation) : IConversationOutput
{
    private const int MaxTitleLength = 300;
    private const int OfMessage = 4;
    private const int OfRemark = 2;

    private readonly TranscriptWords words = new(DateTimeZone.Utc, hasIds: true);
    private readonly List<TimelineEntry> changes = [];

    public void Begin(Names names)
    {
        var table = new Table().Title("Conversation, times in UTC").HideHeaders().AddColumn("").AddColumn("");
        void Row(string name, string? value) => table.AddRow(new Text(name), new Text(DisplayText.Clean(value ?? "–")));

        Row("shop", conversation.ShopId);
        Row("conversation", conversation.ConversationId);
        if (!conversation.Subject.IsBlank()) Row("subject", conversation.Subject);
        Row("channel, type", $"{conversation.Channel ?? "–"}, {conversation.Type ?? "–"}");
        Row("customer", PersonText.Format(conversation.CustomerId, names.OfCustomer(conversation.CustomerId)));
        Row("status", $"{conversation.Status ?? "–"}, as of {MomentText.Format(conversation.StatusAsOf)}");
        var assignee = PersonText.Format(conversation.AssignedTo, names.OfAssignee(conversation.AssignedTo));
        Row("assigned to", $"{assignee ?? "nobody"}, as of {MomentText.Format(conversation.AssignedToAsOf)}");
        Row("created", MomentText.Format(conversation.CreatedAt));
        Row("last activity", MomentText.Format(conversation.LastItemAt));
        Row("last closed", MomentText.Format(conversation.LastClosedAt));
        Row("first response", conversation.FirstResponseSeconds is { } seconds
            ? $"after {DurationText.Format(TimeSpan.FromSeconds(seconds))}" : null);
        Row("events", $"{conversation.Events} (customer messages {conversation.CustomerMessages}, "
            + $"agent messages {conversation.AgentMessages}, notes {conversation.Notes}, "
            + $"assignments {conversation.Assignments}, closes {conversation.Closes}, reopens {conversation.Reopens})");
        console.Write(table);
    }

    public void Write(TimelineEntry entry, Names names)
    {
        Write(words.EntryOf(entry, names));
        if (entry.ToItemKind() is ItemKind.Assignment or ItemKind.Close or ItemKind.Open) changes.Add(entry);
    }

    /// <summary>Writes where the status and the assignee come from, if no event says so.</summary>
    public void End(Names names)
    {
        string[] lines = [.. Provenance.Explain(conversation, changes, names)];
        if (lines.Length > 0) console.WriteLine();
        foreach (var line in lines) console.Write(new Text(DisplayText.Clean(line) + "\n"));
    }

    private void Write(TranscriptEntry entry)
    {
        var title = DisplayText.Short($"{entry.At}  {entry.Title}", MaxTitleLength);
        console.Write(new Text($"\n{title}\n", new Style(decoration: Decoration.Bold)));
        foreach (var line in entry.Text?.Split('\n') ?? []) Indented(OfMessage, line);
        foreach (var remark in entry.Remarks) Indented(OfRemark, remark);
        foreach (var attachment in entry.Attachments) Indented(OfRemark, $"Attachment: {Describe(attachment)}");
        if (entry.Page is { } page) Indented(OfRemark, $"From: {Describe(page)}");
    }

    private void Indented(int columns, string line) =>
        console.Write(new Padder(new Text(DisplayText.Clean(line)), new Padding(columns, 0, 0, 0)));

    private static string Describe(TranscriptLink link) =>
        link.Text + (link.Address is { } address ? $", {address.AbsoluteUri}" : "");
}
