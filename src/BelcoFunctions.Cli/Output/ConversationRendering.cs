using System.Globalization;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows a conversation and its timeline as tables.</summary>
internal static class ConversationRendering
{
    private const int MaxBodyLength = 60;
    private const string EventPrefix = "conversation.";

    public static void Write(IAnsiConsole console, ConversationView view)
    {
        console.Write(ToTable(view.Conversation));
        foreach (var line in Provenance.Explain(view)) console.Write(new Text(DisplayText.Clean(line) + "\n"));
        console.WriteLine();
        console.Write(ToTable(view.Timeline));
    }

    private static Table ToTable(ShownConversation conversation)
    {
        var table = new Table().Title("Conversation").HideHeaders().AddColumn("").AddColumn("");
        void Row(string name, string? value) => table.AddRow(new Text(name), new Text(DisplayText.Clean(value ?? "–")));

        Row("shop", conversation.ShopId);
        Row("conversation", conversation.ConversationId);
        Row("channel, type", $"{conversation.Channel ?? "–"}, {conversation.Type ?? "–"}");
        Row("customer", conversation.CustomerId);
        Row("status", $"{conversation.Status ?? "–"}, as of {Time(conversation.StatusAsOf)}");
        Row("assigned to", $"{conversation.AssignedTo ?? "nobody"}, as of {Time(conversation.AssignedToAsOf)}");
        Row("created", Time(conversation.CreatedAt));
        Row("last item", Time(conversation.LastItemAt));
        Row("last closed", Time(conversation.LastClosedAt));
        Row("last message", LastMessageOf(conversation));
        Row("first response", conversation.FirstResponseSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : null);
        Row("events", $"{conversation.Events} (customer messages {conversation.CustomerMessages}, "
            + $"agent messages {conversation.AgentMessages}, notes {conversation.Notes}, assignments {conversation.Assignments}, "
            + $"closes {conversation.Closes}, reopens {conversation.Reopens})");
        return table;
    }

    private static string? LastMessageOf(ShownConversation conversation) => conversation switch
    {
        { LastMessageAttachments: > 0 and var count } when conversation.LastMessage.IsBlank() =>
            CountText.Format(count, "attachment"),
        _ => conversation.LastMessage,
    };

    private static Table ToTable(IEnumerable<ShownEvent> timeline)
    {
        var table = new Table().Title("Timeline").AddColumns("time", "event", "by", "what");
        foreach (var entry in timeline)
        {
            table.AddRow(
                new Text(Time(entry.At)),
                new Text(DisplayText.Clean(entry.EventName.Replace(EventPrefix, "", StringComparison.Ordinal))),
                new Text(DisplayText.Clean($"{entry.ActorType} {DisplayText.Short(entry.ActorId)}".Trim())),
                new Text(DisplayText.Clean(What(entry))));
        }

        return table;
    }

    private static string What(ShownEvent entry) => entry switch
    {
        { ItemKind: ItemKind.Assignment } =>
            $"{DisplayText.Short(entry.PreviousAssignee ?? "nobody")} → {DisplayText.Short(entry.AssignedTo ?? "nobody")}",
        { ItemKind: ItemKind.Close } => $"→ {ConversationStatus.Closed}",
        { ItemKind: ItemKind.Open } => $"{entry.PreviousStatus ?? "?"} → {ConversationStatus.Open}",
        _ => DisplayText.Short(entry.Body, MaxBodyLength),
    };

    private static string Time(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "–";
}
