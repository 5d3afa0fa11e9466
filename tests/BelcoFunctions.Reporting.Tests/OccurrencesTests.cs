using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting.Definitions;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

public sealed class OccurrencesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ReportRequest November = new("shop", Start, Start.AddDays(30), DateTimeZone.Utc, GroupBy.Channel);

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    public void A_conversation_that_began_after_its_customer_was_erased_lost_nothing(int began, int partlyErased)
    {
        var conversation = new ReportedConversation("c") { CreatedAt = Start.AddDays(began), ErasedThrough = Start.AddDays(10) };
        Assert.Equal(partlyErased, Report(conversation).Total.Count(Figure.PartlyErased));
    }

    [Fact]
    public void A_conversation_that_does_not_say_when_it_began_may_have_lost_something() => Assert.Equal(
        1, Report(new ReportedConversation("c") { ErasedThrough = Start }).Total.Count(Figure.PartlyErased));

    [Fact]
    public void An_empty_channel_counts_as_no_channel()
    {
        var group = Assert.Single(Report(
            new("empty") { CreatedAt = Start, Channel = "" }, new("none") { CreatedAt = Start }).Groups);
        Assert.Equal((null, 2), (group.Key, group.Figures.Count(Figure.Opened)));
    }

    private static Report Report(params IEnumerable<ReportedConversation> conversations)
    {
        var builder = new ReportBuilder(November);
        foreach (var conversation in conversations) builder.Add(new ConversationRecord(conversation, [], null));
        return builder.Build(new ReportCoverage());
    }
}
