using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Tests.Shared;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class ListTextTests
{
    private const string Family = "👨‍👩‍👧";

    private static readonly ConversationSummary Conversation = new("shop", "conversation");

    [Theory]
    [InlineData("text", 0, null, "text")]
    [InlineData("text", 1, "a.jpg", "text")]
    [InlineData(null, null, null, "No message yet")]
    [InlineData(null, 0, null, "No text")]
    [InlineData(null, 1, "IMG_7441.jpg", "1 attachment: IMG_7441.jpg")]
    [InlineData(null, 1, "\u202Egpj.exe", "1 attachment: [U+202E]gpj.exe")]
    [InlineData(" \u200B\u00A0\u3164", 2, "a.jpg", "2 attachments")]
    [InlineData("\uFEFF", 0, null, "No text")]
    public async Task The_last_message_is_shown_by_its_text_or_else_its_attachments(
        string? text, int? attachments, string? name, string shown)
    {
        var markup = await RenderAsync(Conversation with
        {
            LastMessage = text,
            LastMessageAttachments = attachments,
            LastMessageAttachmentName = name,
        });
        Assert.Contains(shown, markup, StringComparison.Ordinal);
        foreach (var other in (string[])["No message yet", "No text", "attachment"])
        {
            if (!shown.Contains(other, StringComparison.Ordinal)) Assert.DoesNotContain(other, markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Joiners_stay_in_ids_and_names()
    {
        var markup = await RenderAsync(Conversation with { CustomerId = Family, Channel = "می\u200Cخواهم" });
        Assert.Contains(Family, markup, StringComparison.Ordinal);
        Assert.DoesNotContain("[U+", markup, StringComparison.Ordinal);
    }

    private static Task<string> RenderAsync(ConversationSummary conversation) => Rendered.OfAsync<ConversationRows>(new
    {
        Address = new ListAddress("shop", new ConversationFilter(), After: null),
        List = new ConversationList([conversation], ContinuationToken: null),
    });
}
