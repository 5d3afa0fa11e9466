using System.Globalization;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Text;
using NodaTime;

namespace BelcoFunctions.Reporting;

/// <summary>What the figures do not say, in words. Show it with each report.</summary>
public static class ReportNotes
{
    /// <summary>What was counted because it could not be known.</summary>
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

    /// <summary>What is not known at all, a sentence each.</summary>
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
            yield return "The range begins before the archive: of the time before "
                + $"{Instant.FromDateTimeOffset(begins).InZone(request.Zone).ToString(
                    "uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} nothing is known.";
        }

        if (request.EndsInFuture) yield return "The range ends in the future. The figures are those of now.";
        if (coverage.Queued is null) yield return "Whether events still wait in the queues is not known here.";
        if (coverage.Queued is > 0 and var queued)
        {
            yield return $"Events that wait in the queues, of all shops: {CountText.Format(queued)}. "
                + "What they say may be in no figure yet.";
        }

        if (coverage.DeadLetters is > 0 and var dead)
        {
            yield return $"Dead letters, of all shops: {CountText.Format(dead)}. What they say is in no figure.";
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
                $"{conversations} whose status changed without an event, as a snapshot shows: not in closed or reopened",
            Figure.StatusUnknown => $"{conversations} from before the end, whose status at the end nothing says",
            Figure.StatusUncertain =>
                $"{conversations} whose status at the end may be wrong: an event that may say another cannot be read",
            Figure.PartlyErased => $"{conversations} of which a part was erased: what is gone is in no figure",
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not one of the unknown."),
        };
    }
}

/// <summary>How many, and of what.</summary>
/// <param name="Count">The number.</param>
/// <param name="Figure">The figure that counts them; null if the report cannot name them.</param>
/// <param name="Text">What the number says.</param>
public sealed record CountedNote(int Count, Figure? Figure, string Text);
