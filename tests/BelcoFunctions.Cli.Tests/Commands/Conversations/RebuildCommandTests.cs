using Azure.Data.Tables;
using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class RebuildCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    [AzuriteFact]
    public async Task A_damaged_row_is_counted_by_a_dry_run_and_repaired_by_a_rebuild()
    {
        await serve.ProjectAsync("conversation.closed", "damaged");
        await serve.ProjectAsync("conversation.closed", "sound");
        await serve.Storage.Conversations.Client.UpdateEntityAsync(
            new TableEntity("damaged", "conversation_" + PayloadFiles.ConversationId) { ["Status"] = "wrong" }, Azure.ETag.All);

        Assert.Equal("1 conversation: 1 would change, 0 unchanged, 0 failed.", await RebuildAsync("damaged", "--dry-run"));
        Assert.Equal("1 conversation: 1 changed, 0 unchanged, 0 failed.", await RebuildAsync("damaged"));
        Assert.Equal("1 conversation: 0 changed, 1 unchanged, 0 failed.", await RebuildAsync("sound"));
        Assert.Equal("closed", (string)(await serve.WaitForConversationAsync("damaged", events: 1))["conversation"]!["status"]!);
    }

    [AzuriteFact]
    public async Task A_conversation_that_cannot_be_rebuilt_is_named_and_the_exit_code_is_1()
    {
        await serve.ProjectAsync("conversation.closed", "without-timeline");
        var timeline = serve.Storage.Conversations.Client.QueryAsync<TableEntity>(
            "PartitionKey eq 'without-timeline' and RowKey ge 'timeline_'");
        await foreach (var row in timeline) await serve.Storage.Conversations.Client.DeleteEntityAsync(row);

        var result = await serve.FailAsync("rebuild", "--shop", "without-timeline");

        result.AssertError("1 conversation could not be rebuilt. The lines above say why.");
        var line = $"without-timeline {PayloadFiles.ConversationId}: it has no timeline";
        Assert.Contains(line, result.Output, StringComparison.Ordinal);
        Assert.Contains("1 conversation: 0 changed, 0 unchanged, 1 failed.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_and_all_are_not_given_together() =>
        (await BelcoProgram.RunAsync(["rebuild", "--all", "--shop", "one"])).AssertError("Give either --shop or --all.");

    private async Task<string> RebuildAsync(string shopId, params string[] options) =>
        RunningServe.LastLine(await serve.RunAsync(["rebuild", "--shop", shopId, .. options]));
}
