using System.Text.Json;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class AttachmentTests
{
    private static readonly string Base64 = new('A', 44_000);

    [Theory]
    [InlineData("""[{"name":"a.pdf","url":"https://files.example/a"}]""", "a.pdf", "https://files.example/a")]
    [InlineData("""["https://files.example/b"]""", "https://files.example/b", "https://files.example/b")]
    [InlineData("""[{"url":"javascript:alert(1)"}]""", "javascript:alert(1)", null)]
    [InlineData("""[{"name":" ","href":"data:text/html,x"}]""", "text/html, 1 byte", null)]
    [InlineData("""[{"name":"\u200b","title":"t"}]""", "t", null)]
    [InlineData("""[{"size":3}]""", """{"size":3}""", null)]
    [InlineData("[[1]]", "[1]", null)]
    [InlineData("[null]", "null", null)]
    [InlineData("""["a.pdf"]""", "a.pdf", null)]
    public void It_has_a_name_and_a_link_only_to_the_web(string json, string name, string? address)
    {
        var attachment = Assert.Single(ReadAll(json));
        Assert.Equal((name, address), (attachment.Name, attachment.Address?.ToString()));
        Assert.Equal((1, name), Attachment.Summarize(json));
    }

    [Theory]
    [InlineData("\"data:image/png;base64,{0}\"", "image/png, 33 kB")]
    [InlineData("{{\"name\":\"a.png\",\"url\":\"data:image/png;base64,{0}\"}}", "a.png (image/png, 33 kB)")]
    [InlineData("{{\"name\":\"data:image/png;base64,{0}\"}}", "image/png, 33 kB")]
    [InlineData("\"DATA:;base64,{0}\"", "text/plain, 33 kB")]
    [InlineData("\"data:,a%20b\"", "text/plain, 3 bytes")]
    public void A_file_in_an_address_is_its_type_and_size(string format, string name) => Assert.Equal(
        name, Assert.Single(ReadAll($"[{string.Format(null, format, Base64)}]")).Name);

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("{{\"content\":\"{0}\"}}")]
    [InlineData("{{\"name\":\"{0}\"}}")]
    [InlineData("\"data:{0}\"")]
    [InlineData("\"data:{0},\"")]
    public void Long_values_are_shortened(string format)
    {
        var name = Assert.Single(ReadAll($"[{string.Format(null, format, Base64)}]")).Name;
        Assert.InRange(name.Length, 1, 101);
    }

    [Fact]
    public void Without_an_array_there_are_no_attachments()
    {
        Assert.Empty(Attachment.ReadAll(null));
        Assert.Empty(ReadAll("{}"));
        Assert.Equal((0, null), Attachment.Summarize(null));
        Assert.Equal((0, null), Attachment.Summarize("[ ]"));
    }

    private static IReadOnlyList<Attachment> ReadAll(string json) => Attachment.ReadAll(JsonDocument.Parse(json).RootElement);
}
