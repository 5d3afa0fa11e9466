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
        Assert.Equal("/conversations/export?shop=s&status=open&format=csv", list.Export("csv"));
    }

    [Fact]
    public void Dates_stay_as_they_were_typed_and_mean_days_in_the_readers_zone()
    {
        const string Address = "/conversations?shop=s&waiting=true"
            + "&since=2026-03-29&until=2026-03-30T09:00&timeZone=Europe/Amsterdam";
        var list = ListAddress.Read(QueryOf(Address))!;

        Assert.Null(list.Error);
        Assert.Equal(new ConversationFilter
        {
            IsWaiting = true,
            Since = new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero),
        }, list.Filter);
        Assert.Equal(list, ListAddress.Read(QueryOf(list.List)));
        Assert.Equal("/conversations?shop=s", list.Filtered(new ConversationFilter()));
        // A zone without a date says nothing.
        Assert.Equal("/conversations?shop=s", ListAddress.Read(QueryOf("/conversations?shop=s&timeZone=no"))!.List);
    }

    [Theory]
    [InlineData("since=monday", "The date in Active since is \"monday\". Give a date like 2026-11-01")]
    [InlineData("until=2026-13-01", "The date in Until is \"2026-13-01\".")]
    [InlineData("since=2026-02-01&until=2026-02-01", "The date in Active since must be before the date in Until.")]
    [InlineData("since=2026-02-01&timeZone=Amsterdam", "There is no time zone \"Amsterdam\". Did you mean Europe/Amsterdam?")]
    public void A_wrong_date_is_told_and_stays_in_the_address(string query, string sentence)
    {
        var list = ListAddress.Read(QueryOf($"/conversations?shop=s&{query}"))!;

        Assert.StartsWith(sentence, list.Error, StringComparison.Ordinal);
        Assert.EndsWith(query, list.List, StringComparison.Ordinal);
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
