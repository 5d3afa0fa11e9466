using System.Globalization;
using System.Text.Json.Serialization;
using BelcoFunctions.Cli.Output;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>The receipt of an erasure: how much it erased, or would erase. It has no personal data, so it can be
/// archived.</summary>
/// <param name="Request">What kind of thing was erased.</param>
/// <param name="Shop">The id of the shop.</param>
/// <param name="DryRun">Whether it only counted.</param>
/// <param name="At">When it ran.</param>
/// <param name="Conversations">Conversations that were erased, whole or in part.</param>
/// <param name="TimelineRows">Erased events of these conversations.</param>
/// <param name="UnprojectedEvents">Erased events that were kept because they could not be projected.</param>
/// <param name="Blobs">Large bodies.</param>
/// <param name="Names">Names of customers.</param>
/// <param name="QueuedEvents">Events in the queue file of <c>belco serve</c>; null if the file was not searched.</param>
/// <param name="DeadLetters">Dead letters in that file; null if the file was not searched.</param>
/// <param name="LaterEvents">Events that were found and not erased, because they happened later.</param>
/// <param name="ReachingFurther">Conversations that were erased up to a time after <paramref name="At"/>, because an event
/// that was already received has a later date.</param>
/// <param name="Remaining">Rows that could not be erased: rows of these conversations, and damaged rows that may belong to
/// them.</param>
internal sealed record ErasureReport(
    string Request, string Shop, bool DryRun, DateTimeOffset At, int Conversations, int TimelineRows, int UnprojectedEvents,
    int Blobs, int Names, int? QueuedEvents, int? DeadLetters, int LaterEvents, int ReachingFurther, int Remaining)
{
    /// <summary>For an operator, when it is not known whether Azurite has saved the erasure.</summary>
    public const string NotSeen =
        "not seen. Azurite saves every 5 seconds. If it was killed before it saved, run belco erase again.";

    private const string NotDone = "not done. Run belco erase again, with --yes.";

    /// <summary>Whether all rows and blobs were erased; null if they were only counted. If false, the numbers count what was
    /// erased before the run ended.</summary>
    public bool? ArchiveDone { get; init; }

    /// <summary>Whether Azurite was seen to save the erasure; null on Azure, where each answer means that the data is
    /// saved.</summary>
    public bool? Saved { get; init; }

    /// <summary>Whether the queue file was searched to its end; null if it was not searched.</summary>
    public bool? QueueFileDone { get; init; }

    /// <summary>Events that wait in the queue file, and that the running serve erases when it delivers them. They are not among
    /// <see cref="QueuedEvents"/>. Null if the file was not searched.</summary>
    public int? ErasedByServe { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Kinds.All(kind => kind.Count == 0) && Remaining == 0 && ErasedByServe is null or 0;

    /// <summary>Like <c>2 conversations, 12 timeline rows and 1 blob</c>.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            string[] parts = [.. Kinds.Where(kind => kind.Count > 0).Select(kind => CountText.Format(kind.Count, kind.Noun))];
            return parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        }
    }

    /// <summary>Like <c> 2 later events are not erased.</c></summary>
    [JsonIgnore]
    public string LaterSentence => LaterEvents switch
    {
        0 => "",
        1 => " 1 later event is not erased.",
        _ => $" {LaterEvents} later events are not erased.",
    };

    private IEnumerable<(string Noun, int Count)> Kinds => new (string Noun, int? Count)[]
    {
        ("conversation", Conversations), ("timeline row", TimelineRows), ("unprojected event", UnprojectedEvents),
        ("blob", Blobs), ("name", Names), ("queued event", QueuedEvents), ("dead letter", DeadLetters),
    }.Where(kind => kind.Count is not null).Select(kind => (kind.Noun, kind.Count!.Value));

    public void Write(ListOutput.Format format)
    {
        if (format is ListOutput.Format.Json)
        {
            ListOutput.WriteJson(this);
            return;
        }

        var verb = DryRun ? "would be erased" : "erased";
        var table = new Table().HideHeaders().AddColumns("", "");
        Add("request", Request);
        Add("shop", Shop);
        Add(DryRun ? "counted at" : "erased at", At.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        foreach (var (noun, count) in Kinds) Add($"{noun}s {verb}", count.ToString(CultureInfo.InvariantCulture));
        if (ErasedByServe > 0)
            Add("queued events that serve erases", ErasedByServe.Value.ToString(CultureInfo.InvariantCulture));
        if (LaterEvents > 0) Add("later events, not erased", LaterEvents.ToString(CultureInfo.InvariantCulture));
        if (ReachingFurther > 0)
        {
            Add("conversations erased further", $"{ReachingFurther}: an event that had already arrived is dated in the future");
        }

        if (Remaining > 0) Add("rows remaining", Remaining.ToString(CultureInfo.InvariantCulture));
        if (ArchiveDone is false) Add("archive", NotDone);
        if (QueueFileDone is false) Add("queue file", NotDone);
        if (Saved is { } saved) Add("saved by Azurite", saved ? "yes" : NotSeen);

        AnsiConsole.Write(table);

        void Add(string name, string value) => table.AddRow(new Text(name), new Text(DisplayText.Clean(value)));
    }
}
