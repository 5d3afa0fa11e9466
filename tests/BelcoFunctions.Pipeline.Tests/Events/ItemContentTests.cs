using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class ItemContentTests
{
    [Theory]
    [InlineData("", "[]", true)]
    [InlineData("""[{"name":"a.pdf","size":1}]""", """[ {"size":1, "name":"a.pdf"} ]""", true)]
    [InlineData("""[{"name":"a.pdf"}]""", """[{"name":"b.pdf"}]""", false)]
    // Each answer of the API signs the same file anew.
    [InlineData("""[{"url":"https://f.example/a.pdf?X-Amz-Date=1&X-Amz-Signature=abc"}]""",
        """[{"url":"https://f.example/a.pdf?X-Amz-Date=2&X-Amz-Signature=def"}]""", true)]
    [InlineData("""[{"url":"https://f.example/a.pdf?Expires=1&Signature=a%2Bb"}]""",
        """[{"url":"https://f.example/a.pdf?Signature=c&Expires=2"}]""", true)]
    [InlineData("""[{"url":"https:\/\/f.example\/a.pdf?sv=1&sig=abc","name":"a"}]""",
        """[{"url":"https:\/\/f.example\/a.pdf?sv=1&sig=def","name":"a"}]""", true)]
    [InlineData("""[{"url":"https://f.example/a.pdf?sig=abc","name":"a"}]""",
        """[{"url":"https://f.example/a.pdf?sig=def","name":"b"}]""", false)]
    [InlineData("""[{"url":"https://f.example/a.pdf?sig=abc"}]""", """[{"url":"https://f.example/b.pdf?sig=abc"}]""", false)]
    // A query without a signature may say which file it is.
    [InlineData("""[{"url":"https://f.example/get?id=1"}]""", """[{"url":"https://f.example/get?id=2"}]""", false)]
    // A quote inside an address, and one that ends early.
    [InlineData("""[{"url":"https://f.example/a.pdf?sig=a\"b"}]""", """[{"url":"https://f.example/a.pdf?sig=c\\"}]""", true)]
    [InlineData("""[{"name":"is it a.pdf?sig=1"}]""", """[{"name":"is it a.pdf?sig=2"}]""", false)]
    public void Attachments_are_the_same_if_only_the_signature_of_their_address_differs(string first, string second, bool same)
    {
        Assert.Equal(same, ItemContent.IsSame(Item(first), Item(second)));
        Assert.Equal(same, ItemContent.IsSame(Item(second), Item(first)));
    }

    private static ConversationItem Item(string attachments)
    {
        var body = EventFactory.Reply("c", 1, item => item["attachments"] =
            attachments.Length == 0 ? null : JsonNode.Parse(attachments));
        return ((EventReading<BelcoEvent>.Projectable)EventReader.Read(body)).Event.Item;
    }
}
