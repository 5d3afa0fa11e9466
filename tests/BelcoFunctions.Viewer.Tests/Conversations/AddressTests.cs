using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class AddressTests
{
    public static TheoryData<string> Ids => [".", "..", "a/b", "a%2Fb", "a b&c=d#e?", "<script>", "\u202E", "é🎉", "+", "a\nb"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Any_id_comes_back_from_an_address(string id)
    {
        var list = new ListAddress(id, new ConversationFilter(id, id, id, id), After: "token");
        Assert.Equal(list, ListAddress.Read(QueryOf(list.List)));

        var conversation = QueryOf(list.OfConversation(id, "page"));
        Assert.Equal(list, ListAddress.Read(conversation));
        Assert.Equal((id, "page"), (conversation["conversation"].ToString(), conversation["page"].ToString()));

        var e = new ItemIdentity(id, id, DateTimeOffset.UnixEpoch, id, id);
        Assert.Equal(e, EventAddress.Read(QueryOf(EventAddress.Raw(e))));
    }

    [Fact]
    public void The_address_of_a_conversation_keeps_the_place_in_the_list()
    {
        var list = new ListAddress("s", new ConversationFilter(Status: "open"), After: "token");
        Assert.Equal("/conversation?shop=s&status=open&after=token&conversation=c", list.OfConversation("c"));
        Assert.Equal("/conversations?shop=s&channel=chat", list.Filtered(new ConversationFilter(Channel: "chat")));
        Assert.Equal("/conversations?shop=s&status=open", list.Newest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?shop=")]
    [InlineData("?shop=s&conversation=c&request=r&item=i")]
    [InlineData("?shop=s&conversation=c&request=r&item=i&at=yesterday")]
    public void An_address_without_all_parts_of_an_event_names_no_event(string query) =>
        Assert.Null(EventAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(query))));

    private static QueryCollection QueryOf(string address) =>
        new(QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]));
}
