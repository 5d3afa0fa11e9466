using System.Globalization;
using BelcoFunctions.Pipeline.Queries.Search;
using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows what a search finds: some lines for each conversation, as soon as it is found.</summary>
internal static class SearchRendering
{
    private const string Indent = "  ";

    private static readonly Style Found = new(Color.Black, Color.Yellow);
    private static readonly Style Aside = new(decoration: Decoration.Dim);

    /// <summary>Writes a conversation: who, when and its id, and then a line for each place.</summary>
    public static void Write(IAnsiConsole console, FoundConversation found)
    {
        var conversation = found.Conversation;
        Line(console, (Time(conversation.LastItemAt), null),
            ($"{Indent}{found.Names.OfCustomer(conversation.CustomerId) ?? conversation.CustomerId ?? "unknown"}", null),
            ($"{Indent}{conversation.ConversationId}{Indent}{conversation.Status ?? "unknown"}, assigned to "
                + (found.Names.OfAssignee(conversation.AssignedTo) ?? conversation.AssignedTo ?? "nobody"), Aside));
        foreach (var place in found.Places)
        {
            Line(console,
            [
                (Indent + TitleOf(place, found), Aside),
                .. place.Text.Pieces.Select(piece => (piece.Text, piece.IsFound ? Found : (Style?)null)),
            ]);
        }
    }

    /// <summary>Writes what was searched, and how to go on.</summary>
    public static void WriteEnd(TextWriter output, int found, SearchProgress.Ended end)
    {
        var none = end.ContinuationToken is null ? "No conversation matches." : "No conversation matches so far.";
        output.WriteLine(found == 0 ? none : $"{CountText.Format(found, "conversation")} found.");
        if (end.BackTo is { } backTo)
            output.WriteLine($"{CountText.Format(end.Searched, "conversation")} searched, back to {Time(backTo)} UTC.");
        if (end.Incomplete > 0)
        {
            output.WriteLine($"{CountText.Format(end.Incomplete, "conversation")} could not be searched completely: "
                + "a row is damaged, or there are too many events.");
        }

        if (end.ContinuationToken is { } token)
            output.WriteLine($"To search older conversations, add --after {token}");
    }

    private static string TitleOf(FoundPlace place, FoundConversation found) => place.At is not { } at ? $"{place.Title}: "
        : $"{place.Title}{(found.Names.OfActor(place.ActorType, place.ActorId) is { } name ? $", {name}" : "")}, {Time(at)}: ";

    // Pieces are text from outside, and the console would take brackets in a string for markup.
    private static void Line(IAnsiConsole console, params IEnumerable<(string Text, Style? Style)> pieces)
    {
        var line = new Paragraph();
        foreach (var (text, style) in pieces) line.Append(DisplayText.Clean(text), style);
        line.Append("\n");
        console.Write(line);
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
