using System.Globalization;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Text;
using NodaTime;

namespace BelcoFunctions.Reporting;

/// <summary>What the figures do not show, in words. Show these notes with each report.</summary>
public static class ReportNotes
{
    /// <summary>A note for each count of what could not be known.</summary>
    public static IEnumerable<CountedNote> Counted(Report report)
    {
        foreach (var figure in Figures.Unknown)
        {
            if (report.Total.Count(figure) is > 0 and var count) yield return new(count, figure, TextOf(figure, count == 1));
        }

        if (report.Coverage.Erased is > 0 and var erased)
        {
            yield return new(erased, null, $"erased {(erased == 1 ? "conversation" : "conversations")}: in no figure");
        }
    }

    /// <summary>A sentence for each thing that is not known at all.</summary>
    public static IEnumerable<string> Sentences(Report report)
    {
        var (request, coverage) = (report.Request, report.Coverage);
        if (coverage.ArchiveBegins is not { } begins)
        {
            yield return coverage.Erased > 0 ? "All conversations of the shop were erased."
                : "The shop has no conversation in this archive. Check its id.";
        }
        else if (request.Since < begins)
        {
            yield return "The range begins before the archive. Nothing is known about the time before "
                + $"{Instant.FromDateTimeOffset(begins).InZone(request.Zone).ToString(
                    "uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)}.";
        }

        if (request.EndsInFuture) yield return "The range ends in the future. The figures are those of now.";
        if (coverage.Queued is null) yield return "This host cannot see whether events still wait in the queues.";
        if (coverage.Queued is > 0 and var queued)
        {
            yield return $"Events of all shops that wait in the queues: {CountText.Format(queued)}. "
                + "The figures may not include them yet.";
        }

        if (coverage.DeadLetters is > 0 and var dead)
        {
            yield return $"Dead letters of all shops: {CountText.Format(dead)}. The figures do not include them.";
        }
    }

    private static string TextOf(Figure figure, bool isOne)
    {
        var conversations = isOne ? "conversation" : "conversations";
        return figure switch
        {
            Figure.AgentBegan =>
                $"{conversations} in which an agent wrote first: {(isOne ? "it has" : "they have")} no first response",
            Figure.FirstItemMissing => $"first {(isOne ? "response" : "responses")} of unknown length: "
                + "the first item of the conversation never arrived, or was erased",
            Figure.CloseWithoutOpening => $"{(isOne ? "close" : "closes")} of unknown length: "
                + "no event says since when the conversation was open",
            Figure.CreationUnknown => $"{conversations} without a known beginning: not in opened",
            Figure.ChangedWithoutEvent =>
                $"{conversations} whose status changed without an event, as a snapshot shows: not counted in closed or reopened",
            Figure.StatusUnknown => $"{conversations} from before the end with an unknown status at the end",
            Figure.StatusUncertain =>
                $"{conversations} whose status at the end may be wrong: an event that may decide it cannot be read",
            Figure.PartlyErased => $"{conversations} with an erased part: erased events are in no figure",
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not one of the unknown."),
        };
    }
}

/// <summary>A number, and what it counts.</summary>
/// <param name="Count">The number.</param>
/// <param name="Figure">The figure that counts them; null if the report cannot name them.</param>
/// <param name="Text">What the number counts, in words.</param>
public sealed record CountedNote(int Count, Figure? Figure, string Text);
