using System.Text;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class NameAnswerTests
{
    private static readonly DateTimeOffset ReadAt = EventFactory.Start;

    [Theory]
    [InlineData("""{"_id":"a","profile":{"firstName":"Ada","lastName":"Lovelace"},"name":"other"}""", "Ada Lovelace")]
    [InlineData("""{"id":"a","profile":{"firstName":"Ada","lastName":""}}""", "Ada")]
    [InlineData("""{"id":"a","firstName":"Ada","profile":{}}""", "Ada")]
    [InlineData("""{"id":"a","profile":{"name":"Ada"}}""", "Ada")]
    [InlineData("""{"id":"a","name":"Ada","pseudonym":"Blue Whale"}""", "Ada")]
    [InlineData("""{"id":"a","name":"  ","pseudonym":"Blue Whale"}""", "Blue Whale")]
    [InlineData("""{"id":"a","name":7,"firstName":null,"profile":"x"}""", null)]
    [InlineData("""{"id":"a","name":"\ud83d"}""", "\uFFFD")]
    [InlineData("""{"\ud800":1,"id":"a","profile":{"\ud800":1,"firstName":"Ada"}}""", "Ada")]
    [InlineData("""{"\ud800":1,"contact":{"\ud800":1,"_id":"a","name":"Ada"}}""", "Ada")]
    [InlineData("""{"id":"a","name":"\u202e<b>\u0000=1"}""", "\u202E<b>\0=1")]
    public void A_name_is_found_in_each_form(string json, string? name) =>
        Assert.Equal(new ReadName(NameKind.Contact, "a", name, ReadAt), NameAnswer.ReadContact(Answer(json)));

    [Theory]
    [InlineData("""{"_id":7,"id":"a","name":"n"}""", "a")]
    [InlineData("""{"_id":"","id":"a","name":"n"}""", "a")]
    [InlineData("""{"_id":"\ud83d","name":"n"}""", null)]
    [InlineData("""{"name":"n"}""", null)]
    [InlineData("""["a"]""", null)]
    [InlineData("null", null)]
    public void An_id_is_read_like_the_ids_of_events(string json, string? id) =>
        Assert.Equal(id, NameAnswer.ReadContact(Answer(json))?.Id);

    [Fact]
    public void An_id_has_at_most_128_characters()
    {
        Assert.NotNull(Read(128));
        Assert.Null(Read(129));

        static ReadName? Read(int length) => NameAnswer.ReadContact(Answer($$"""{"_id":"{{new string('é', length)}}"}"""));
    }

    [Theory]
    [InlineData("""[{"_id":"a"},{"id":"b"},5,{}]""", 2)]
    [InlineData("""{"users":[{"_id":"a"}]}""", 1)]
    [InlineData("""{"\ud800":1,"users":[{"\ud800":1,"_id":"a"}]}""", 1)]
    [InlineData("""{"teams":[{"_id":"a"}]}""", null)]
    [InlineData("""{"users":{}}""", null)]
    [InlineData("\"users\"", null)]
    public void A_list_is_an_array_alone_or_in_its_property(string json, int? count) =>
        Assert.Equal(count, NameAnswer.ReadList(Answer(json), NameKind.User)?.Count);

    [Fact]
    public void A_name_has_at_most_200_characters_in_its_row()
    {
        var name = new string('x', 199) + "😀" + new string('y', 9_999);
        var row = NameRow.ToEntity("shop", new ReadName(NameKind.User, "a", name, ReadAt));
        Assert.Equal(new string('x', 199), row.GetString("Name"));
    }

    private static BelcoAnswer Answer(string json) =>
        new(Encoding.UTF8.GetBytes(json), ReadAt, AnsweredAt: ReadAt.AddDays(7));
}
