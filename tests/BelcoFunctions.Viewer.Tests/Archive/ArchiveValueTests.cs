using System.Text.Json;

namespace BelcoFunctions.Viewer.Tests.Archive;

public sealed class ArchiveValueTests
{
    private static readonly ConversationSummary Asked = new("shop", "conversation")
    {
        Status = "open",
        FirstCustomerMessageAt = DateTimeOffset.UnixEpoch,
        CustomerMessages = 1,
    };

    [Fact]
    public void A_first_answer_is_given_awaited_or_neither()
    {
        Assert.Equal(new FirstAnswer.Given(TimeSpan.FromSeconds(33)), FirstAnswer.Of(Asked with { FirstResponseSeconds = 33 }));
        Assert.Equal(new FirstAnswer.Awaited(), FirstAnswer.Of(Asked));
        Assert.Equal(new FirstAnswer.None(), FirstAnswer.Of(Asked with { Status = "closed" }));
        Assert.Equal(new FirstAnswer.None(), FirstAnswer.Of(Asked with { FirstCustomerMessageAt = null, AgentMessages = 1 }));
    }

    [Theory]
    [InlineData("""[{"name":"a.pdf","url":"https://files.example/a"}]""", "a.pdf", "https://files.example/a")]
    [InlineData("""["https://files.example/b"]""", "https://files.example/b", "https://files.example/b")]
    [InlineData("""[{"url":"javascript:alert(1)"}]""", "javascript:alert(1)", null)]
    [InlineData("""[{"name":" ","href":"data:text/html,x"}]""", "data:text/html,x", null)]
    [InlineData("""[{"size":3}]""", """{"size":3}""", null)]
    [InlineData("[[1]]", "[1]", null)]
    [InlineData("[null]", "null", null)]
    public void An_attachment_has_a_name_and_a_link_only_to_the_web(string json, string name, string? address)
    {
        var attachment = Assert.Single(Attachment.ReadAll(JsonDocument.Parse(json).RootElement));
        Assert.Equal((name, address), (attachment.Name, attachment.Address?.ToString()));
    }

    [Fact]
    public void Without_an_array_there_are_no_attachments()
    {
        Assert.Empty(Attachment.ReadAll(null));
        Assert.Empty(Attachment.ReadAll(JsonDocument.Parse("{}").RootElement));
    }
}
