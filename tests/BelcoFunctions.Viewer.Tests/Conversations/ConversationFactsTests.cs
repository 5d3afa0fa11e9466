using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Tests.Shared;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class ConversationFactsTests
{
    [Theory]
    [InlineData("Where is my lamp?", "Where is my lamp?")]
    [InlineData("\u202E<script>", "[U+202E]<script>")]
    public async Task The_subject_is_shown_as_text(string subject, string shown) =>
        Assert.Contains(shown, await RenderAsync(subject), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(" \u200B")]
    public async Task A_blank_subject_is_not_shown(string? subject) =>
        Assert.DoesNotContain("Subject", await RenderAsync(subject), StringComparison.Ordinal);

    [Theory]
    [InlineData(3 * 24 * 3_600, "Open for 3\u00A0d")]
    [InlineData(0, "Open")]
    [InlineData(null, "Open")]
    public async Task An_open_conversation_says_for_how_long_but_never_for_no_time(int? seconds, string shown)
    {
        var markup = await Rendered.OfAsync<ConversationFacts>(new
        {
            Address = new ListAddress("shop", new ConversationFilter(), After: null),
            Conversation = new ConversationSummary("shop", "conversation") { Status = "open" },
            OpenFor = seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null,
        });
        var status = markup[(markup.IndexOf("<dt>Status</dt>", StringComparison.Ordinal) + "<dt>Status</dt>".Length)..];
        var text = status[(status.IndexOf("<dd>", StringComparison.Ordinal) + "<dd>".Length)..];
        Assert.Equal(shown, text[..text.IndexOf("</dd>", StringComparison.Ordinal)].Trim());
    }

    private static Task<string> RenderAsync(string? subject) => Rendered.OfAsync<ConversationFacts>(new
    {
        Address = new ListAddress("shop", new ConversationFilter(), After: null),
        Conversation = new ConversationSummary("shop", "conversation") { Subject = subject },
    });
}
