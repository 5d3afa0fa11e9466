using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Backups;

namespace BelcoFunctions.Pipeline.Tests.Backups;

public sealed class RoundTripTests(AzuriteFixture azurite) : BackupTests(azurite)
{
    [AzuriteFact]
    public async Task A_restored_archive_has_every_row_with_its_types_and_every_payload()
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        await FinishErasuresAsync(Table);

        var manifest = await BackUpAsync();
        var (restored, receipt) = await RestoreAsync();

        await AssertSameAsync(Table, restored);
        Assert.Equal(((await Table.RowsAsync()).Count, (await Table.UnprojectedRowsAsync()).Count, 2, 0),
            (manifest.Conversations, manifest.UnprojectedEvents, manifest.Payloads, manifest.MissingPayloads));
        Assert.Equal(RowValues.SchemaVersion, manifest.SchemaVersion);
        Assert.Equal((0, 0, 0), (receipt.Changed, receipt.Failures.Count, receipt.Remaining.Count));
        string[] kinds = ["conversation_", "customer_", "import", "listed_", "name_", "reading_", "recent_", "timeline_"];
        var rows = await restored.RowsAsync();
        Assert.All(kinds, kind => Assert.Contains(rows, row => row.RowKey.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Contains(rows, ConversationRow.IsTombstone);
    }

    [AzuriteFact]
    public async Task A_restore_finishes_an_unfinished_erasure_as_an_eraser_does()
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        Assert.NotEmpty(await Table.RowsAsync("timeline_conversation-3"));

        await BackUpAsync();
        var (restored, _) = await RestoreAsync();

        await FinishErasuresAsync(Table);
        Assert.Empty(await restored.RowsAsync("timeline_conversation-3"));
        await AssertSameAsync(Table, restored);
    }

    [AzuriteFact]
    public async Task Nothing_is_erased_by_a_backup_and_an_empty_archive_has_one_too()
    {
        var manifest = await BackUpAsync();
        var (restored, _) = await RestoreAsync();

        Assert.Equal((0, 0), (manifest.Conversations, manifest.Files.Count));
        await AssertSameAsync(Table, restored);
    }

    [AzuriteFact]
    public async Task A_payload_that_is_missing_or_damaged_is_counted_and_the_other_rows_are_written()
    {
        var large = await ReceiveAsync(EventFactory.Reply("large", 1, item => item["body"] = new string('x', 200_000)));
        var damaged = await ReceiveAsync(EventFactory.Reply("damaged", 1, item => item["body"] = new string('z', 200_000)));
        await Table.ProjectAsync(large, damaged, Reply("c", 1));
        await Table.Payloads.DeleteAsync(large.PayloadBlob!, CancellationToken.None);
        await Table.Container().GetBlobClient(damaged.PayloadBlob).UploadAsync(BinaryData.FromString("other"), overwrite: true);

        var manifest = await BackUpAsync();
        var (restored, receipt) = await RestoreAsync();

        Assert.Equal((0, 2), (manifest.Payloads, manifest.MissingPayloads));
        Assert.Equal(["shop damaged: the blob", "shop large: the blob"],
            receipt.Failures.Select(failure => string.Join(' ', failure.Split(' ')[..4])));
        Assert.Equal(
            (await Table.RowsAsync()).Select(TestTable.ToText), (await restored.RowsAsync()).Select(TestTable.ToText));
    }

    [AzuriteFact]
    public async Task A_row_of_another_version_stops_the_backup()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await SetAsync("conversation_c", "SchemaVersion", RowValues.SchemaVersion + 1);

        await Assert.ThrowsAsync<AnotherVersionException>(() => BackUpAsync());

        Assert.False(File.Exists(Path.Combine(Folder, "manifest.json")));
    }

    [Fact]
    public void A_line_keeps_values_that_JSON_has_no_form_for()
    {
        var row = new TableEntity("p", "r")
        {
            ["NaN"] = double.NaN,
            ["Infinity"] = double.NegativeInfinity,
            ["Zero"] = -0.0,
            ["Least"] = double.Epsilon,
            ["First"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["Last"] = DateTimeOffset.MaxValue,
        };
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        RowLine.Write(row, line);

        Assert.True(row.HasColumnsOf(RowLine.Read(line.WrittenMemory)));
        Assert.True(double.IsNegative((double)RowLine.Read(line.WrittenMemory)["Zero"]));
    }
}
