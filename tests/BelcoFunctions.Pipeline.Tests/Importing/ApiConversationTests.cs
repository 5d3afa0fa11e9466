using System.Text;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class ApiConversationTests
{
    private static readonly DateTimeOffset ReadAt = new(2025, 6, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly FieldNotes notes = new();

    [Fact]
    public void Each_field_that_the_API_names_is_read_with_its_moment()
    {
        var read = Read("""
            {"_id":"talk","shopId":"shop","organizationId":"o","customerId":"c","channel":"chat","type":"inbound-message",
             "status":"snoozed","assignedTo":"u","firstItem":{"_id":"f","type":"message","body":"Hi"},
             "createdAt":"2025-06-11T11:15:05+02:00","subject":"Where is it?","lastMessage":"Bye"}
            """)!;

        Assert.Equal("shop", read.ShopId);
        Assert.Equal(new ConversationReading
        {
            Status = Said("snoozed"),
            AssignedTo = Said("u"),
            OrganizationId = Said("o"),
            CustomerId = Said("c"),
            Channel = Said("chat"),
            Type = Said("inbound-message"),
            FirstItemId = Said("f"),
            CreatedAt = new(new DateTimeOffset(2025, 6, 11, 9, 15, 5, TimeSpan.Zero), ReadAt),
            Subject = Said("Where is it?"),
        }, read.Reading);
        Assert.Equal([], notes.Fields);
    }

    [Fact]
    public void A_long_subject_is_shortened_and_splits_no_character()
    {
        var read = Read($$"""{"_id":"talk","subject":"{{new string('x', 499)}}😀"}""")!;

        Assert.Equal(new string('x', 499), read.Reading.Subject?.Value);
    }

    [Fact]
    public void Null_says_nobody_and_a_missing_field_says_nothing()
    {
        var read = Read("""{"_id":"talk","assignedTo":null,"subject":null}""")!;

        Assert.Null(read.ShopId);
        Assert.Equal(new ConversationReading { AssignedTo = Said(null), Subject = Said(null) }, read.Reading);
    }

    [Fact]
    public void A_field_of_another_type_says_nothing_and_is_noted()
    {
        var read = Read("""{"id":"talk","status":3,"assignedTo":{"id":"u"},"customerId":"","createdAt":"today","channel":[]}""")!;

        Assert.Equal(new ConversationReading(), read.Reading);
        Assert.Equal(
        [
            new("conversation.assignedTo", "object"), new("conversation.channel", "array"),
            new("conversation.createdAt", "string"), new("conversation.customerId", "string"),
            new("conversation.status", "number"),
        ], notes.Fields);
    }

    [Theory]
    [InlineData("""{"conversation":{"_id":"talk","status":"open"}}""")]
    [InlineData("""{"id":"talk","status":"open"}""")]
    public void The_conversation_may_be_in_an_object_and_have_a_plain_id(string json) =>
        Assert.Equal(Said("open"), Read(json)!.Reading.Status);

    [Theory]
    [InlineData("""{"_id":"other","status":"open"}""")]
    [InlineData("""{"status":"open"}""")]
    [InlineData("""[{"_id":"talk"}]""")]
    [InlineData("7")]
    public void Another_conversation_or_answer_is_not_understood(string json) => Assert.Null(Read(json));

    private ApiConversation? Read(string json) =>
        ApiConversation.Read(new BelcoAnswer(Encoding.UTF8.GetBytes(json), ReadAt, AnsweredAt: ReadAt.AddDays(7)), "talk", notes);

    private static ReadField<string> Said(string? value) => new(value, ReadAt);
}
