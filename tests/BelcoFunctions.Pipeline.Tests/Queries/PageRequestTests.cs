using System.Buffers.Text;
using System.Net;
using System.Text;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queries;

[Collection(Azurite.Name)]
public sealed class PageRequestTests(AzuriteFixture azurite)
{
    [AzuriteTheory]
    [InlineData("0")]
    [InlineData("501")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData(" 5")]
    [InlineData("1e2")]
    [InlineData("ten")]
    [InlineData("99999999999999999999")]
    public async Task Top_is_a_whole_number_from_1_to_500(string top) => await AssertRefusedAsync($"top={top}");

    [AzuriteTheory]
    [InlineData("!")]
    [InlineData("bm90IG91cnM")]
    [InlineData("_____w")]
    public async Task A_token_that_is_not_ours_is_refused(string token) => await AssertRefusedAsync($"continuationToken={token}");

    [AzuriteTheory]
    [InlineData("conversation_c")]
    [InlineData("recent_' or PartitionKey ne '")]
    [InlineData("recent_\0")]
    [InlineData("recent_é")]
    [InlineData("recent_/")]
    [InlineData("recent")]
    public async Task A_token_for_a_key_that_no_listing_gives_is_refused(string key) =>
        await AssertRefusedAsync($"continuationToken={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}");

    [AzuriteFact]
    public async Task An_empty_parameter_is_one_that_is_not_given()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(EventFactory.Reply("c", 0).ToQueued());

        var reply = await new ReadApi(table).ListAsync("status=&assignedTo=&customerId=&channel=&top=&continuationToken=");

        Assert.Single(ReadApi.Json(reply)["conversations"]!.AsArray());
    }

    [AzuriteFact]
    public async Task A_token_without_end_is_refused() =>
        await AssertRefusedAsync($"continuationToken={new string('A', 100_000)}");

    [AzuriteFact]
    public async Task A_token_of_one_listing_is_refused_by_another()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(EventFactory.Batch(40, conversations: 4));
        var api = new ReadApi(table);
        var ofList = (string)ReadApi.Json(await api.ListAsync("top=1"))["continuationToken"]!;
        var ofTimeline = (string)ReadApi.Json(await api.GetAsync("conversation-1", "top=1"))["continuationToken"]!;

        Assert.Equal(HttpStatusCode.BadRequest, (await api.ListAsync($"continuationToken={ofTimeline}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("conversation-1", $"continuationToken={ofList}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("conversation-2", $"continuationToken={ofTimeline}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("conversation-1", $"continuationToken={ofTimeline}")).Status);
    }

    private async Task AssertRefusedAsync(string query)
    {
        var api = new ReadApi(await TestTable.CreateAsync(azurite));
        foreach (var reply in new[] { await api.ListAsync(query), await api.GetAsync("c", query) })
        {
            Assert.Equal((HttpStatusCode.BadRequest, HttpReply.ProblemJson), (reply.Status, reply.ContentType));
        }
    }
}
