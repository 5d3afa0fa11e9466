using System.Text.RegularExpressions;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting.Definitions;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

public sealed partial class ReportNotesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ReportRequest November = new("shop", Start, Start.AddDays(30), DateTimeZone.Utc, GroupBy.Agent);

    [Fact]
    public void Each_note_has_a_correct_singular_and_plural()
    {
        var (one, two) = (Notes(1), Notes(2));
        Assert.Equal(Figures.Unknown.Cast<Figure?>().Append(null), one.Select(note => note.Figure));
        foreach (var (single, several) in one.Zip(two))
        {
            Assert.Equal((1, 2), (single.Count, several.Count));
            Assert.Matches(Plural(), several.Text);
            Assert.DoesNotMatch(Plural(), single.Text);
            Assert.Equal(Singular(several.Text), single.Text);
        }
    }

    private static string Singular(string text) =>
        Plural().Replace(text, noun => noun.Value[..^1], 1).Replace("they have", "it has", StringComparison.Ordinal);

    private static List<CountedNote> Notes(int times)
    {
        var report = new ReportBuilder(November);
        foreach (var history in Enumerable.Repeat(All(), times).SelectMany(each => each)) report.Add(history);
        return [.. ReportNotes.Counted(report.Build(new ReportCoverage { Erased = times }))];
    }

    /// <summary>Conversations that have each unknown value once.</summary>
    private static ConversationRecord[] All() =>
    [
        new(new("agent began") { CreatedAt = Start }, [Message("user")], Open),
        new(new("first item missing") { CreatedAt = Start, FirstItemId = "lost" }, [Message("user")], Open),
        new(new("close without opening") { CreatedAt = Start.AddDays(9) }, [Event("conversation.closed")], Closed),
        new(new("creation unknown"), [Message("customer")], Open),
        new(new("changed without event") { CreatedAt = Start }, [], Closed with { IsFromSnapshot = true }),
        new(new("status unknown") { CreatedAt = Start }, [], null),
        new(new("status uncertain") { CreatedAt = Start }, [], Open with { IsUncertain = true }),
        new(new("partly erased") { CreatedAt = Start, ErasedThrough = Start }, [], Open),
    ];

    private static StatusAtEnd Open { get; } = new("open", Start, IsFromSnapshot: false);

    private static StatusAtEnd Closed { get; } = new("closed", Start, IsFromSnapshot: false);

    private static ReportedEvent Message(string actor) =>
        Event("conversation.replied") with { Kind = "message", ActorType = actor };

    private static ReportedEvent Event(string name) => new("c", Start.AddDays(1), Start.AddDays(1), "request", "item", name);

    [GeneratedRegex("(?<=^(erased |first )?)(conversations|responses|closes)")]
    private static partial Regex Plural();
}
