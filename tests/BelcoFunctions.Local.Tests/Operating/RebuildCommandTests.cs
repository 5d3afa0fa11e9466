using Azure.Data.Tables;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Operating;

[Collection(Azurite.Name)]
public sealed class RebuildCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    [AzuriteFact]
    public async Task A_damaged_row_is_counted_by_a_dry_run_and_mended_by_a_rebuild()
    {
        await serve.ProjectAsync("conversation.closed", "damaged");
        await serve.ProjectAsync("conversation.closed", "sound");
        await DamageAsync("damaged", "Status", "wrong");

        Assert.Equal("1 conversation: 1 would change, 0 unchanged, 0 failed.", await RebuildAsync("damaged", "--dry-run"));
        Assert.Equal("1 conversation: 1 changed, 0 unchanged, 0 failed.", await RebuildAsync("damaged"));
        Assert.Equal("1 conversation: 0 changed, 1 unchanged, 0 failed.", await RebuildAsync("sound"));
        Assert.Equal("closed", (string)(await serve.WaitForConversationAsync("damaged", events: 1))["conversation"]!["status"]!);
    }

    [AzuriteFact]
    public async Task What_cannot_be_rebuilt_is_told_and_makes_the_exit_code_1()
    {
        await serve.ProjectAsync("conversation.closed", "without-timeline");
        var timeline = serve.Storage.Conversations.QueryAsync<TableEntity>(
            "PartitionKey eq 'without-timeline' and RowKey ge 'timeline_'");
        await foreach (var row in timeline) await serve.Storage.Conversations.DeleteEntityAsync(row);

        var result = await serve.FailAsync("rebuild", "--shop", "without-timeline");

        result.AssertMistake("1 conversation could not be rebuilt. The lines above say why.");
        var line = $"without-timeline {PayloadFiles.ConversationId}: it has no timeline";
        Assert.Contains(line, result.Output, StringComparison.Ordinal);
        Assert.Contains("1 conversation: 0 changed, 0 unchanged, 1 failed.", result.Output, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("rebuild")]
    [InlineData("rebuild", "--all", "--shop", "one")]
    public async Task Either_a_shop_or_all_have_to_be_named(params string[] arguments) =>
        (await serve.FailAsync(arguments)).AssertMistake("Give either --shop <id> or --all.");

    private async Task DamageAsync(string shopId, string column, object value)
    {
        var row = new TableEntity(shopId, "conversation_" + PayloadFiles.ConversationId) { [column] = value };
        await serve.Storage.Conversations.UpdateEntityAsync(row, Azure.ETag.All);
    }

    private async Task<string> RebuildAsync(string shopId, params string[] options) =>
        (await serve.RunAsync(["rebuild", "--shop", shopId, .. options])).TrimEnd('\n').Split('\n')[^1];
}
