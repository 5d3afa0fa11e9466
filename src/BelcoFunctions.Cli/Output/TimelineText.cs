using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>Puts an item of a timeline into words. The result still has text from outside.</summary>
internal static class TimelineText
{
    /// <summary>Like <c>2025-06-11 09:18:40  reopened by Belco: closed → open</c>.</summary>
    public static string Line(TimelineEntry entry, Names names)
    {
        var who = PersonText.Format(entry.ActorId, names.OfActor(entry.ActorType, entry.ActorId));
        var line = $"{MomentText.Format(entry.At)}  {WhatHappened(entry)} by {Actor(entry.ActorType)}"
            + (who is null ? "" : $" {who}");
        return Change(entry, names) is { } change ? $"{line}: {change}" : line;
    }

    /// <summary>The lines below: those of the message, then what is not in it.</summary>
    public static IEnumerable<string> Below(TimelineEntry entry)
    {
        if (entry.ToItemKind() is not (ItemKind.Message or ItemKind.Note)) yield break;
        var text = entry.Body is not { } body ? "" : HtmlText.IsDocument(body) ? HtmlText.From(body) : body;
        foreach (var line in text.IsBlank() ? ["(no text)"] : text.ReplaceLineEndings("\n").Split('\n')) yield return line;
        if (entry.BodyTruncated is true) yield return "(The text is longer. The event as Belco sent it has all of it.)";
        foreach (var (name, address) in Attachment.ReadAll(entry.Attachments))
            yield return $"(attachment: {name}{(address is null ? "" : $", {address.AbsoluteUri}")})";
    }

    private static string WhatHappened(TimelineEntry entry) => entry.ToItemKind() switch
    {
        ItemKind.Message => "message",
        ItemKind.Note => "internal note",
        ItemKind.Assignment => "assigned",
        ItemKind.Close => "closed",
        ItemKind.Open => "reopened",
        var other => other,
    };

    private static string Actor(string? actorType) => ConversationItem.SideOf(actorType) switch
    {
        MessageSide.Agent => "agent",
        MessageSide.Customer => "customer",
        _ when actorType is "auto" => "Belco",
        _ => actorType ?? "somebody unknown",
    };

    private static string? Change(TimelineEntry entry, Names names) => entry.ToItemKind() switch
    {
        ItemKind.Assignment => $"{Assignee(entry.PreviousAssignee, names)} → {Assignee(entry.AssignedTo, names)}",
        ItemKind.Open => $"{entry.PreviousStatus ?? "?"} → {ConversationStatus.Open}",
        _ => null,
    };

    private static string Assignee(string? id, Names names) => PersonText.Format(id, names.OfAssignee(id)) ?? "nobody";
}
