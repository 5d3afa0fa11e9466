namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>A kind of file that a transcript can be. It is written piece by piece, so that its length does not matter.</summary>
public interface ITranscriptFormat
{
    /// <summary>What the file's name ends with, without the dot.</summary>
    string Extension { get; }

    string ContentType { get; }

    /// <summary>Everything before the first event.</summary>
    string Begin(string title, IReadOnlyList<TranscriptFact> facts);

    string Write(TranscriptEntry entry);

    /// <summary>Everything after the last event.</summary>
    string End { get; }
}
