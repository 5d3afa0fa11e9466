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

    private static Task<string> RenderAsync(string? subject) => Rendered.OfAsync<ConversationFacts>(new
    {
        Address = new ListAddress("shop", new ConversationFilter(), After: null),
        Conversation = new ConversationSummary("shop", "conversation") { Subject = subject },
    });
}
