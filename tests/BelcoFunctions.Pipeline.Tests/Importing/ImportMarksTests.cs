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
                new MissingItem(new string('é', 128), new string('"', 128), "createdAt is missing."), ImportReceipt.MaxListed)],
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
        await StoreAsync(new ImportMark("shop", "complete", Noon) { CompleteAsOf = Noon });

        await StoreAsync(new ImportMark("shop", "limited", Noon.AddHours(1)) { Since = Noon.AddDays(-1) });
        await StoreAsync(new ImportMark("shop", "incomplete", Noon.AddHours(2)) { MissingItems = 1 });

        var mark = (await FindAsync())!;
        Assert.Equal(("incomplete", Noon, null, 1), (mark.Run, mark.CompleteAsOf, mark.Since, mark.MissingItems));
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

    [AzuriteTheory]
    [InlineData(false, -1, "ours")]
    [InlineData(true, -1, "ours")]
    [InlineData(false, 1, "theirs")]
    [InlineData(true, 1, "theirs")]
    public async Task Of_two_runs_that_store_their_marks_at_the_same_moment_the_later_one_stays(
        bool hasMark, int theirHours, string run)
    {
        if (hasMark) await StoreAsync(new ImportMark("shop", "before", Noon.AddDays(-1)));
        var theirs = new ConcurrentWrite(
            IsWrite, () => StoreAsync(new ImportMark("shop", "theirs", Noon.AddHours(theirHours))));

        await StoreAsync(new ImportMark("shop", "ours", Noon), theirs);

        Assert.Equal(run, (await FindAsync())!.Run);
    }

    [AzuriteFact]
    public async Task A_conflict_without_end_is_an_error()
    {
        var conflict = new FailedRequest(IsWrite, () => FakeResponse.Error(412, "UpdateConditionNotSatisfied"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreAsync(new ImportMark("shop", "run", Noon), conflict));
    }

    private static bool IsWrite(HttpRequestMessage request) => request.Method != HttpMethod.Get;

    private Task<ImportMark?> FindAsync() => Marks.FindAsync("shop", CancellationToken.None);

    private Task StoreAsync(ImportMark mark, params IReadOnlyList<Interceptor> interceptors) =>
        new ImportMarks(Table.Conversations(interceptors)).StoreAsync(mark, CancellationToken.None);
}
