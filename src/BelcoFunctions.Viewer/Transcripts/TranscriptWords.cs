using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared.Text;
using NodaTime;
using NodaTime.Text;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>Puts a conversation and its events into words, for every format of a transcript.</summary>
/// <param name="zone">The time zone of the times.</param>
/// <param name="hasIds">Whether an id stands beside each name. An id without a name is always there.</param>
public sealed class TranscriptWords(DateTimeZone zone, bool hasIds)
{
    private const int MaxViaLength = 80;
    private const int MaxPageLength = 200;
    private const string InEvent = "The event as Belco sent it has";

    private static readonly ZonedDateTimePattern Time = ZonedDateTimePattern.CreateWithInvariantCulture(
        "uuuu'-'MM'-'dd HH':'mm':'ss x", DateTimeZoneProviders.Tzdb);

    /// <summary>A moment in the time zone, with the short name of the zone, because a clock may show an hour twice.</summary>
    public string Moment(DateTimeOffset time) => Time.Format(Instant.FromDateTimeOffset(time).InZone(zone));

    public IReadOnlyList<TranscriptFact> FactsOf(ConversationSummary conversation, Names names) =>
    [
        new("Conversation", VisibleText.OfLine(conversation.ConversationId)),
        .. conversation.Subject.IsBlank() ? [] : (TranscriptFact[])[new("Subject", VisibleText.OfLine(conversation.Subject!))],
        new("Customer", Person(conversation.CustomerId, names.OfCustomer(conversation.CustomerId)) ?? ShownWords.Unknown),
        new("Assigned to", Person(conversation.AssignedTo, names.OfAssignee(conversation.AssignedTo)) ?? ShownWords.Nobody),
        new("Channel", VisibleText.OfLine(ShownWords.OfChannel(conversation.Channel))),
        new("Status", DisplayNames.OfStatus(conversation.Status)),
        new("Created", conversation.CreatedAt is { } created ? Moment(created) : "Unknown"),
    ];

    public TranscriptEntry EntryOf(TimelineEntry entry, Names names)
    {
        var message = entry.Body.IsBlank() ? default : MessageText.From(entry.Body!);
        return new TranscriptEntry(
            entry.Shape, Moment(entry.At), TitleOf(entry, names), message.Visible is "" ? null : message.Visible,
            [.. RemarksOf(entry, message)],
            [
                .. Attachment.ReadAll(entry.Attachments)
                    .Select(each => new TranscriptLink(VisibleText.OfLine(each.Name), each.Address)),
            ],
            (entry.PageTitle ?? entry.PageUrl) is { } page
                ? new TranscriptLink(Line(page, MaxPageLength), WebAddress.Parse(entry.PageUrl)) : null);
    }

    private string TitleOf(TimelineEntry entry, Names names)
    {
        var actor = Person(entry.ActorId, names.OfActor(entry.ActorType, entry.ActorId));
        var who = EntryWords.OfActor(entry.ActorType) + (actor is null ? "" : $" {actor}");
        var via = entry.Via is { } channel ? $", via {Line(channel, MaxViaLength)}" : "";
        return entry.Shape switch
        {
            EntryKind.Note => $"{who}, internal note{via}",
            EntryKind.Assignment => $"{who} {AssignmentOf(entry, names)}",
            var kind when kind.IsMessageOrNote => who + via,
            _ => $"{who} {EntryWords.OfLine(entry)}",
        };
    }

    private string AssignmentOf(TimelineEntry entry, Names names)
    {
        var (text, assignee) = EntryWords.OfAssignment(entry);
        var to = Person(assignee, names.OfAssignee(assignee));
        var previous = Person(entry.PreviousAssignee, names.OfAssignee(entry.PreviousAssignee));
        return text + (to is null ? "" : $" {to}") + (previous is null ? "" : $" instead of {previous}");
    }

    private static IEnumerable<string> RemarksOf(TimelineEntry entry, MessageText message)
    {
        if (message.IsHtml && message.Visible.Length > 0) yield return $"This is the text of an HTML mail. {InEvent} the HTML.";
        if (message.Visible is null or "" && entry.Shape.IsMessageOrNote) yield return "No text.";
        if (entry.BodyTruncated is true) yield return $"The text is longer. {InEvent} all of it.";
        if (entry.AttachmentsTruncated is true) yield return $"The attachments are too large to show. {InEvent} them.";
        if (entry.IgnoredFields is { } ignored)
        {
            yield return "Fields left out, because their type is not the expected one: "
                + $"{VisibleText.OfLine(ignored)}. {InEvent} them.";
        }
    }

    private string? Person(string? id, string? name) => (id, name) switch
    {
        (null, _) => null,
        (_, null) => VisibleText.OfLine(id),
        _ => VisibleText.OfLine(name) + (hasIds ? $" ({VisibleText.OfLine(id)})" : ""),
    };

    private static string Line(string text, int most) =>
        VisibleText.OfLine(text.Length <= most ? text : text.Truncate(most) + "…");
}
