using System.Text.Json;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Tests.Shared;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class EntryTests
{
    private static readonly TimelineEntry Message = new()
    {
        ShopId = "shop",
        ConversationId = "conversation",
        ItemId = "item",
        At = DateTimeOffset.UnixEpoch,
        EventName = "conversation.replied",
        RequestId = "request",
        Kind = "message",
        ActorType = "customer",
    };

    [Fact]
    public async Task Attachments_that_are_missing_in_the_row_are_mentioned()
    {
        const string sentence = "The attachments are too large to show. The raw event has them.";
        Assert.Contains(sentence, await RenderAsync(Message with { AttachmentsTruncated = true }), StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, await RenderAsync(Message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_attachments_are_shown_and_the_others_are_counted()
    {
        var markup = await RenderAsync(Message with { Attachments = Array(Enumerable.Range(0, 102).Select(_ => "\"file\"")) });
        Assert.Equal(100, markup.Split("<li><bdi>file</bdi></li>").Length - 1);
        Assert.Contains("And 2 more attachments. The raw event has all of them.", markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"data:image/png;base64,{0}\"", "image/png, 33 kB")]
    [InlineData("\"{0}\"", "AAAA…")]
    [InlineData("{{\"unknown\":\"{0}\"}}", "AAAA…")]
    public async Task No_attachment_fills_the_page(string json, string shown)
    {
        var attachments = Array([string.Format(null, json, new string('A', 44_000))]);
        var markup = await RenderAsync(Message with { Attachments = attachments });
        Assert.Contains(shown, markup, StringComparison.Ordinal);
        Assert.InRange(markup.Length, 1, 3_000);
    }

    [Fact]
    public async Task A_long_page_title_does_not_fill_the_page()
    {
        var title = new string('x', 30_000);
        Assert.InRange((await RenderAsync(Message with { PageTitle = title, Via = title })).Length, 1, 3_000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \t\u200B\u00A0\u2800")]
    [InlineData("<!DOCTYPE html><html><body>&nbsp;<img src=x></body></html>")]
    public async Task An_invisible_body_is_not_a_text(string? body)
    {
        var markup = await RenderAsync(Message with { Body = body });
        Assert.Contains("""<p class="nobody">No text</p>""", markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTML_mail_is_shown_as_text_with_the_HTML_collapsed()
    {
        const string html = "<!DOCTYPE html><html><head><style>p {}</style></head><body><p>Hello <b>Bob</b></p></body></html>";
        var markup = await RenderAsync(Message with { Body = html });
        Assert.Contains("""<div class="text" dir="auto">Hello Bob</div>""", markup, StringComparison.Ordinal);
        Assert.Contains("<summary>Show the HTML</summary>", markup, StringComparison.Ordinal);
        Assert.Contains(html, markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Show the HTML", await RenderAsync(Message with { Body = "a <b>" }), StringComparison.Ordinal);
    }

    private static JsonElement Array(IEnumerable<string> values) =>
        JsonDocument.Parse($"[{string.Join(',', values)}]").RootElement;

    private static Task<string> RenderAsync(TimelineEntry entry) =>
        Rendered.OfAsync<Entry>(new { Value = entry, Address = "/event" });
}
