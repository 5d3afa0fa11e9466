namespace BelcoFunctions.Viewer.Tests.Shared;

public sealed class PrettyJsonTests
{
    [Fact]
    public void It_changes_only_white_space()
    {
        const string Sent = """{"a":[1,-2.50e3,true],"a" : {}, "b\"}":"\ud83d c:d,","e":[ ]}""";
        Assert.Equal(
            """
            {
              "a": [
                1,
                -2.50e3,
                true
              ],
              "a": {},
              "b\"}": "\ud83d c:d,",
              "e": []
            }
            """.ReplaceLineEndings("\n"), Join(Sent));
    }

    [Fact]
    public void The_samples_have_the_same_value_before_and_after() => Assert.All(PayloadFiles.Names, name =>
    {
        var sent = Encoding.UTF8.GetString(PayloadFiles.Read(name));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(Join(sent))));
    });

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":\"b")]
    [InlineData("]]]]\"\\")]
    public void Text_that_is_cut_anywhere_ends(string text) =>
        Assert.Equal(Without(text), Without(Join(text)));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("\uFEFF{\"a\":[]}", true)]
    [InlineData("{\"a\":", false)]
    [InlineData("", false)]
    public void Text_that_is_not_JSON_is_not_formatted(string body, bool canFormat) =>
        Assert.Equal(canFormat, PrettyJson.CanFormat(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void JSON_that_is_nested_too_deeply_for_an_event_is_not_formatted()
    {
        Assert.True(PrettyJson.CanFormat(Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64))));
        Assert.False(PrettyJson.CanFormat(Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65))));
    }

    [Fact]
    public void Names_texts_and_literals_are_distinguished() => Assert.Equal(
        [(JsonPartKind.Name, "\"n\""), (JsonPartKind.Text, "\"t\""), (JsonPartKind.Literal, "null")],
        PrettyJson.Format("""{"n":["t",null]}""").Where(part => part.Kind is not JsonPartKind.Mark)
            .Select(part => (part.Kind, part.Text)));

    private static string Join(string json) => string.Concat(PrettyJson.Format(json).Select(part => part.Text));

    private static string Without(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
