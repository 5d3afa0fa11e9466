using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows a conversation in the terminal: its facts as a table, and each item of its timeline as a line with its text
/// below, whole. All text from outside is made harmless.</summary>
/// <param name="console">The terminal.</param>
/// <param name="conversation">The conversation.</param>
internal sealed class ConversationRendering(IAnsiConsole console, ConversationSummary conversation)
{
    private const int Indent = 4;

    private readonly List<TimelineEntry> changes = [];

    /// <param name="names">The names of the customer and of agents.</param>
    public void WriteFacts(Names names)
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
        Row("last item", MomentText.Format(conversation.LastItemAt));
        Row("last closed", MomentText.Format(conversation.LastClosedAt));
        Row("first response", conversation.FirstResponseSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : null);
        Row("events", $"{conversation.Events} (customer messages {conversation.CustomerMessages}, "
            + $"agent messages {conversation.AgentMessages}, notes {conversation.Notes}, "
            + $"assignments {conversation.Assignments}, closes {conversation.Closes}, reopens {conversation.Reopens})");
        console.Write(table);
    }

    /// <summary>Writes some items, oldest first. Call it for each page of the timeline.</summary>
    /// <param name="entries">The items.</param>
    /// <param name="names">The names of the people in them.</param>
    public void Write(IEnumerable<TimelineEntry> entries, Names names)
    {
        foreach (var entry in entries)
        {
            var bold = new Style(decoration: Decoration.Bold);
            console.Write(new Text(DisplayText.Clean(TimelineText.Line(entry, names)) + "\n", bold));
            foreach (var line in TimelineText.Below(entry))
                console.Write(new Padder(new Text(DisplayText.Clean(line)), new Padding(Indent, 0, 0, 0)));
            if (entry.ToItemKind() is ItemKind.Assignment or ItemKind.Close or ItemKind.Open) changes.Add(entry);
        }
    }

    /// <summary>Writes where the status and the assignee come from, if no event says so.</summary>
    /// <param name="names">The names of agents.</param>
    public void WriteProvenance(Names names)
    {
        foreach (var line in Provenance.Explain(conversation, changes, names))
            console.Write(new Text(DisplayText.Clean(line) + "\n"));
    }
}
