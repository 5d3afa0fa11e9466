using System.Diagnostics;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Specialized;
using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary>The receipt of <c>belco erase</c>.</summary>
[Collection(ErasingServe.Name)]
public sealed class EraseReceiptTests(RunningServe serve) : EraseTests(serve)
{
    [AzuriteFact]
    public async Task A_receipt_confirms_the_save_of_the_Azurite_of_serve_but_not_of_another()
    {
        await Serve.ProjectAsync(Event, ShopId);
        await Serve.ProjectAsync(Event, $"{ShopId}-other");

        Assert.True((bool)(await EraseAsync("--yes"))["saved"]!);
        var receipt = await Serve.RunAsync("erase", "--shop", $"{ShopId}-other", "--customer", CustomerId, "--yes",
            "--storage", Serve.ConnectionString);

        Assert.Contains("saved by Azurite", receipt, StringComparison.Ordinal);
        Assert.Contains("not seen.", receipt, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_receipt_is_a_table_without_ids_of_people()
    {
        await Serve.ProjectAsync(Event, ShopId);

        var table = await Serve.RunAsync(
            "erase", "--shop", ShopId, "--conversation", PayloadFiles.ConversationId, "--yes");

        Assert.All(["request", "conversation", ShopId, "timeline rows erased", "erased at", "UTC"],
            word => Assert.Contains(word, table, StringComparison.Ordinal));
        Assert.DoesNotContain(PayloadFiles.ConversationId, table, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteTheory]
    [InlineData("--dry-run")]
    [InlineData("--yes")]
    public async Task Where_nothing_is_found_it_says_so(string choice)
    {
        var result = await Serve.FailAsync("erase", "--shop", ShopId, "--customer", CustomerId, choice);
        result.AssertError($"Nothing to erase was found in the shop {ShopId}.");
        Assert.Equal("", result.Output);
        // The receipt promises to erase later events only if the erasure is saved.
        Assert.Equal(choice is "--yes", result.Error.Contains("Waiting until Azurite", StringComparison.Ordinal));
        Assert.DoesNotContain("not seen", result.Error, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Where_nothing_is_found_it_says_so_although_the_save_of_a_foreign_Azurite_is_not_confirmed()
    {
        var result = await BelcoProgram.RunAsync(
            ["erase", "--shop", ShopId, "--customer", CustomerId, "--yes", "--storage", Serve.ConnectionString]);
        result.AssertError("Whether Azurite has saved this was not seen.");
    }

    [AzuriteFact]
    public async Task A_dry_run_names_the_damaged_rows_that_would_stay()
    {
        await Serve.ProjectAsync(Event, ShopId);
        var row = Assert.Single(await RowsAsync("conversation_"));
        row["LastItemVersion"] = 7;
        await Serve.Storage.Conversations.Client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var result = await Serve.FailAsync("erase", "--shop", ShopId, "--customer", CustomerId, "--dry-run");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"These rows are damaged, so correct them first: {row.RowKey} in {ShopId}.", result.Error,
            StringComparison.Ordinal);
        await Serve.Storage.Conversations.Client.DeleteEntityAsync(row.PartitionKey, row.RowKey);
    }

    [AzuriteFact]
    public async Task An_erasure_that_ends_early_leaves_a_receipt_that_says_that_it_is_not_done()
    {
        var small = JsonNode.Parse(PayloadFiles.InShop(Event, ShopId))!;
        small["payload"]!["conversation"]!["_id"] = "a";
        small["payload"]!["conversation_item"]!["conversationId"] = "a";
        await Serve.PostAsync(small.ToUtf8());
        var large = RunningServe.Large(ShopId);
        await Serve.PostAsync(large);
        await TestTimeout.UntilAsync(async _ => (await RowsAsync("timeline_")).Count == 2);
        // Nobody can delete a leased blob.
        var lease = Serve.Storage.Payloads.GetBlobClient(Convert.ToHexString(SHA256.HashData(large))).GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

        var result = await Serve.FailAsync("erase", "--shop", ShopId, "--customer", CustomerId, "--yes", "--format", "json");

        result.AssertError("The store is unavailable: 412");
        var receipt = JsonNode.Parse(result.Output)!;
        Assert.Equal((1, 1, false, false), ((int)receipt["conversations"]!, (int)receipt["timelineRows"]!,
            (bool)receipt["archiveDone"]!, (bool)receipt["queueFileDone"]!));
        await lease.ReleaseAsync();
        Assert.True((bool)(await EraseAsync("--yes"))["archiveDone"]!);
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [LinuxFact]
    public async Task An_operator_who_does_not_wait_for_Azurite_still_gets_the_receipt()
    {
        var tries = 0;
        // On a busy machine, Azurite may save before the signal arrives.
        await TestTimeout.UntilAsync(async _ =>
        {
            var result = await EraseAndStopAsync($"{ShopId}-{tries++}");
            Assert.Contains("timeline rows erased", result.Output, StringComparison.Ordinal);
            Assert.Contains("saved by Azurite", result.Output, StringComparison.Ordinal);
            if (!result.Output.Contains("not seen.", StringComparison.Ordinal)) return false;
            result.AssertError("Stopped.");
            return true;
        });
    }

    private async Task<ProgramResult> EraseAndStopAsync(string shop)
    {
        await Serve.ProjectAsync(Event, shop);
        using var erase = BelcoProgram.StartUnder(ServeProcess.WithDefaultSignals,
            ["erase", "--shop", shop, "--customer", CustomerId, "--yes", "--data", Serve.DataFolder]);
        string? line;
        do line = await erase.StandardError.ReadLineAsync();
        while (line?.Contains("Waiting until", StringComparison.Ordinal) is false);
        Assert.NotNull(line);
        using (var kill = Process.Start("kill", ["-INT", $"{erase.Id}"])) await kill.WaitForExitAsync();
        return await BelcoProgram.EndAsync(erase);
    }
}
