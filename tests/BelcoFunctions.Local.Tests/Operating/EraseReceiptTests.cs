using System.Diagnostics;
using BelcoFunctions.Local.Tests.Storage;

namespace BelcoFunctions.Local.Tests.Operating;

/// <summary>What <c>belco erase</c> tells.</summary>
[Collection(ErasingServe.Name)]
public sealed class EraseReceiptTests(RunningServe serve) : EraseTests(serve)
{
    [AzuriteFact]
    public async Task A_receipt_says_that_the_Azurite_of_serve_has_saved_it_and_that_another_was_not_seen_to()
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
        result.AssertMistake($"Nothing to erase was found in the shop {ShopId}.");
        Assert.Equal("", result.Output);
    }

    [UnixFact]
    public async Task An_operator_who_does_not_wait_for_Azurite_has_the_receipt_all_the_same()
    {
        await Serve.ProjectAsync(Event, ShopId);

        using var erase = BelcoProgram.Start(
            ["erase", "--shop", ShopId, "--customer", CustomerId, "--yes", "--data", Serve.DataFolder]);
        string? line;
        do line = await erase.StandardError.ReadLineAsync();
        while (line?.Contains("Waiting until", StringComparison.Ordinal) is false);
        Assert.NotNull(line);
        using (var kill = Process.Start("kill", ["-INT", $"{erase.Id}"])) await kill.WaitForExitAsync();

        var result = await BelcoProgram.EndAsync(erase);
        Assert.Contains("timeline rows erased", result.Output, StringComparison.Ordinal);
        Assert.Contains("saved by Azurite", result.Output, StringComparison.Ordinal);
    }
}
