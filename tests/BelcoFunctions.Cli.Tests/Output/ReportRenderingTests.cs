using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using NodaTime;
using Spectre.Console.Testing;

namespace BelcoFunctions.Cli.Tests.Output;

public sealed class ReportRenderingTests
{
    private const string Agent = "tPSYtZi2vH4swAALz";

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(GroupBy.Agent, 80)]
    [InlineData(GroupBy.Day, 80)]
    [InlineData(GroupBy.Channel, 80)]
    [InlineData(GroupBy.Agent, 72)]
    [InlineData(GroupBy.Channel, 200)]
    public void Each_row_is_a_line_however_large_its_numbers_are(GroupBy by, int columns)
    {
        using var console = new TestConsole().Width(columns);

        ReportRendering.Write(console, Large(by), Names.None);

        Assert.All(console.Lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Single(console.Lines, line => line.Contains("response      p90  to close", StringComparison.Ordinal));
        var row = Assert.Single(console.Lines, line => line.Contains('█'));
        Assert.Contains("18h 57m  18h 57m   19h 58m", row, StringComparison.Ordinal);
        Assert.Equal(by is GroupBy.Agent ? 0 : 1, row.Split(" 12,000 ").Length - 1);
        Assert.Contains("12,345", row, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_is_shown_by_name_if_it_is_known_and_a_hostile_name_stays_in_its_cell()
    {
        Assert.Contains(" Ada Lovelace ", Row("Ada Lovelace"), StringComparison.Ordinal);
        Assert.DoesNotContain(Agent, Row("Ada Lovelace"), StringComparison.Ordinal);
        var hostile = "[red]\u001b[2J\u202E\n漢字" + new string('x', 10_000);
        Assert.Contains(" [red]\uFFFD[2J\uFFFD 漢字xxx… ", Row(hostile), StringComparison.Ordinal);

        static string Row(string name)
        {
            using var console = new TestConsole().Width(80);
            var names = new Names(new Dictionary<string, string> { [Agent] = name }, new Dictionary<string, string>(),
                new Dictionary<string, string>());
            ReportRendering.Write(console, Large(GroupBy.Agent), names);
            Assert.All(console.Lines, line => Assert.InRange(line.Length, 0, 80));
            return Assert.Single(console.Lines, line => line.Contains('█'));
        }
    }

    private static Report Large(GroupBy by)
    {
        var report = new ReportBuilder(new ReportRequest("shop", Start, Start.AddDays(1), DateTimeZone.Utc, by));
        var (answered, closed) = (Start + new TimeSpan(18, 57, 0), Start + new TimeSpan(19, 58, 0));
        report.Add(new ConversationRecord(
            new ReportedConversation("c") { CreatedAt = Start, Channel = "whatsapp-nl" },
            [
                .. Enumerable.Repeat(Message("customer", Start), 12_000), .. Enumerable.Repeat(Message("user", answered), 12_345),
                Event("conversation.closed", closed) with { ActorType = "user", ActorId = Agent },
            ],
            new StatusAtEnd("closed", closed, IsFromSnapshot: false)));
        return report.Build(new ReportCoverage { ArchiveBegins = Start, Queued = 0 });
    }

    private static ReportedEvent Message(string actor, DateTimeOffset at) =>
        Event("conversation.replied", at) with { Kind = "message", ActorType = actor, ActorId = Agent };

    private static ReportedEvent Event(string name, DateTimeOffset at) => new("c", at, at, "request", "item", name);
}
