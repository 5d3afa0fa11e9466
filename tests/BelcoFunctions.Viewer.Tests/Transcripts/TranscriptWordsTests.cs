using System.Text.Json;
using BelcoFunctions.Pipeline.Queries;
using NodaTime;

namespace BelcoFunctions.Viewer.Tests.Transcripts;

public sealed class TranscriptWordsTests
{
    private static readonly TimelineEntry Message = new()
    {
        ShopId = "shop",
        ConversationId = "conversation",
        ItemId = "item",
        At = new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero),
        EventName = "conversation.replied",
        Kind = "message",
        ActorType = "customer",
        ActorId = "c",
        Body = "hello",
    };

    private static readonly TimelineEntry Assignment = Message with
    {
        EventName = "conversation.assigned",
        Kind = "assigned",
        ActorType = "user",
        ActorId = "a",
        Body = null,
    };

    private static readonly Names Names = new(
        new Dictionary<string, string> { ["a"] = "Ada", ["b"] = "B\u202Eob" },
        new Dictionary<string, string> { ["t"] = "Returns" },
        new Dictionary<string, string> { ["c"] = "Zoë" });

    public static TheoryData<string, TimelineEntry> Titles => new()
    {
        { "Customer Zoë", Message },
        { "Customer Zoë, via [U+202E]chat", Message with { Via = "\u202Echat" } },
        { "Customer unknown", Message with { ActorId = "unknown" } },
        { "Belco", Message with { ActorType = "auto", ActorId = null } },
        { "Agent Ada, internal note", Message with { Kind = "note", ActorType = "user", ActorId = "a" } },
        { "Agent Ada assigned the conversation to Returns", Assignment with { AssignedTo = "t" } },
        {
            "Agent Ada took the conversation instead of B[U+202E]ob",
            Assignment with { AssignedTo = "a", PreviousAssignee = "b" }
        },
        { "Agent Ada unassigned the conversation", Assignment },
        { "Agent Ada closed the conversation", Assignment with { EventName = "conversation.closed", Kind = "closed" } },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_title_says_who_did_what(string title, TimelineEntry entry) =>
        Assert.Equal(title, Words().EntryOf(entry, Names).Title);

    [Fact]
    public void Ids_stand_beside_the_names_if_they_are_asked_for()
    {
        var words = new TranscriptWords(DateTimeZone.Utc, hasIds: true);
        Assert.Equal("Customer Zoë (c)", words.EntryOf(Message, Names).Title);
        Assert.Contains(new TranscriptFact("Customer", "Zoë (c)"),
            words.FactsOf(new ConversationSummary("shop", "x") { CustomerId = "c" }, Names));
    }

    [Fact]
    public void An_hour_that_the_clock_shows_twice_has_two_names()
    {
        var words = Words("Europe/Amsterdam");
        Assert.Equal("2026-10-25 02:30:00 CEST", words.EntryOf(Message, Names).At);
        Assert.Equal("2026-10-25 02:30:00 CET", words.Moment(Message.At.AddHours(1)));
    }

    [Theory]
    [InlineData(null, null, "No text.")]
    [InlineData(" \u200B", null, "No text.")]
    [InlineData("<!DOCTYPE html><p>&nbsp;", null, "No text.")]
    [InlineData("<!DOCTYPE html><style>p {}</style><p>Hello", "Hello",
        "This is the text of an HTML mail. The event as Belco sent it has the HTML.")]
    [InlineData("one\r\ntwo\u202E", "one\ntwo[U+202E]")]
    public void The_text_is_what_a_reader_sees(string? body, string? text, params string[] remarks)
    {
        var entry = Words().EntryOf(Message with { Body = body }, Names);
        Assert.Equal(text, entry.Text);
        Assert.Equal(remarks, entry.Remarks);
    }

    [Fact]
    public void What_the_transcript_lacks_is_said()
    {
        var entry = Words().EntryOf(
            Message with { BodyTruncated = true, AttachmentsTruncated = true, IgnoredFields = "via\u202E" }, Names);
        Assert.Equal(
            [
                "The text is longer. The event as Belco sent it has all of it.",
                "The attachments are too large to show. The event as Belco sent it has them.",
                "Fields left out, because their type is not the expected one: via[U+202E]. The event as Belco sent it has them.",
            ], entry.Remarks);
    }

    [Fact]
    public void Only_web_addresses_are_addresses()
    {
        var entry = Words().EntryOf(Message with
        {
            Attachments = JsonElement.Parse("""["javascript:alert(1)", {"name": "a\u202E", "url": "https://files.example/a"}]"""),
            PageTitle = new string('x', 300),
            PageUrl = "javascript:alert(1)",
        }, Names);
        Assert.Equal([null, "https://files.example/a"], entry.Attachments.Select(each => each.Address?.AbsoluteUri));
        Assert.Equal("a[U+202E]", entry.Attachments[1].Text);
        Assert.Equal(new TranscriptLink(new string('x', 200) + "…", null), entry.Page);
    }

    private static TranscriptWords Words(string zone = "UTC") => new(DateTimeZoneProviders.Tzdb[zone], hasIds: false);
}
