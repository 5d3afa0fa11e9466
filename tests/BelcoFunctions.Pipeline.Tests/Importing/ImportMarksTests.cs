using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class ImportMarksTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 11, 12, 0, 0, TimeSpan.Zero);

    private ImportMarks Marks => new(Table.Conversations());

    [AzuriteFact]
    public async Task A_shop_without_an_import_has_no_mark() => Assert.Null(await FindAsync());

    [AzuriteFact]
    public async Task A_mark_has_all_its_values_however_long_the_ids_are()
    {
        var mark = new ImportMark("shop", "run", Noon)
        {
            CompleteAsOf = Noon,
            Since = Noon.AddDays(-1),
            MissingItems = 1_000,
            Missing = [.. Enumerable.Repeat(
                new MissingItem(new string('é', 128), new string('"', 128), "createdAt is missing."), ImportMark.MaxListed)],
        };

        await StoreAsync(mark);

        Assert.Equivalent(mark, await FindAsync(), strict: true);
    }

    [AzuriteFact]
    public async Task The_mark_of_a_run_that_started_earlier_does_not_replace_a_later_one()
    {
        await StoreAsync(new ImportMark("shop", "late", Noon) { CompleteAsOf = Noon });

        await StoreAsync(new ImportMark("shop", "early", Noon.AddHours(-1)) { CompleteAsOf = Noon.AddHours(-1) });

        Assert.Equal("late", (await FindAsync())!.Run);
    }

    [AzuriteFact]
    public async Task A_run_with_missing_items_keeps_the_moment_of_the_last_complete_one()
    {
        await StoreAsync(new ImportMark("shop", "complete", Noon) { CompleteAsOf = Noon, Since = Noon.AddDays(-1) });

        await StoreAsync(new ImportMark("shop", "incomplete", Noon.AddHours(1)) { MissingItems = 1 });

        var mark = (await FindAsync())!;
        Assert.Equal(("incomplete", Noon, Noon.AddDays(-1), 1), (mark.Run, mark.CompleteAsOf, mark.Since, mark.MissingItems));
    }

    [AzuriteFact]
    public async Task A_mark_of_another_version_is_not_replaced()
    {
        await Table.Client().AddEntityAsync(new TableEntity("shop", "import") { ["SchemaVersion"] = 1_000 });

        await Assert.ThrowsAsync<AnotherVersionException>(() => StoreAsync(new ImportMark("shop", "run", Noon)));
    }

    [AzuriteFact]
    public async Task A_damaged_mark_is_an_error_for_readers_and_the_next_run_replaces_it()
    {
        await Table.Client().AddEntityAsync(new TableEntity("shop", "import") { ["StartedAt"] = "noon" });
        await Assert.ThrowsAsync<DamagedRowException>(FindAsync);

        await StoreAsync(new ImportMark("shop", "run", Noon));

        Assert.Equal("run", (await FindAsync())!.Run);
    }

    private Task<ImportMark?> FindAsync() => Marks.FindAsync("shop", CancellationToken.None);

    private Task StoreAsync(ImportMark mark) => Marks.StoreAsync(mark, CancellationToken.None);
}
