using System.Buffers.Text;
using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class PageRequestTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly string[] WrongTops = ["0", "501", "-1", "1.0", " 5", "1e2", "ten", "99999999999999999999"];
    private static readonly string[] WrongTokens = ["!", "bm90IG91cnM", "_____w", new('A', 100_000)];
    private static readonly string[] WrongKeys =
        ["conversation_c", "recent_' or PartitionKey ne '", "recent_\0", "recent_é", "recent_/", "recent"];

    public static TheoryData<string> WrongQueries =>
    [
        .. WrongTops.Select(top => $"top={top}"),
        .. WrongTokens.Concat(WrongKeys.Select(key => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))))
            .Select(token => $"continuationToken={token}"),
    ];

    [AzuriteTheory]
    [MemberData(nameof(WrongQueries))]
    public async Task A_top_outside_1_to_500_and_an_unknown_token_are_refused(string query)
    {
        var api = new ReadApi(Table);
        foreach (var reply in new[] { await api.ListAsync(query), await api.GetAsync("c", query) })
        {
            Assert.Equal((HttpStatusCode.BadRequest, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        }
    }

    [AzuriteFact]
    public async Task An_empty_parameter_counts_as_not_given()
    {
        await Table.ProjectAsync(Reply("c", 0));

        var reply = await new ReadApi(Table).ListAsync("status=&assignedTo=&customerId=&channel=&top=&continuationToken=");

        Assert.Single(ReadApi.Json(reply)["conversations"]!.AsArray());
    }

    [AzuriteFact]
    public async Task A_token_of_one_listing_is_refused_by_another()
    {
        await Table.ProjectAsync(EventFactory.Batch(40, conversations: 4));
        var api = new ReadApi(Table);
        var ofList = (string)ReadApi.Json(await api.ListAsync("top=1"))["continuationToken"]!;
        var ofTimeline = (string)ReadApi.Json(await api.GetAsync("conversation-1", "top=1"))["continuationToken"]!;

        Assert.Equal(HttpStatusCode.BadRequest, (await api.ListAsync($"continuationToken={ofTimeline}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("conversation-1", $"continuationToken={ofList}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("conversation-2", $"continuationToken={ofTimeline}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("conversation-1", $"continuationToken={ofTimeline}")).Status);
    }
}
