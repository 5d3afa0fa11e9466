namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>An event in a transcript, in words. Every text is complete and harmless; each is one line, except the
/// message.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="At">When it happened, with the time zone.</param>
/// <param name="Title">Who did what.</param>
/// <param name="Text">The message; null if there is none.</param>
/// <param name="Remarks">Sentences about what the transcript does not have.</param>
/// <param name="Attachments">The attachments of the message.</param>
/// <param name="Page">The page of the shop that the message was sent from; null if it is not known.</param>
public sealed record TranscriptEntry(
    EntryKind Kind, string At, string Title, string? Text, IReadOnlyList<string> Remarks,
    IReadOnlyList<TranscriptLink> Attachments, TranscriptLink? Page);

/// <summary>Something that a transcript names.</summary>
/// <param name="Text">Its name, in one line.</param>
/// <param name="Address">Where it is; null if it has no web address.</param>
public sealed record TranscriptLink(string Text, Uri? Address);

/// <summary>A line at the beginning of a transcript, like <c>Status: Open</c>.</summary>
public sealed record TranscriptFact(string Name, string Value);
