using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Backups;

/// <summary>The pages of an archive that others write meanwhile are not of one moment. The restored rows agree all the
/// same.</summary>
public sealed class LivingArchiveTests(AzuriteFixture azurite) : BackupTests(azurite)
{
    private const string ErasedCustomer = "erased-customer";

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Events_that_arrive_between_two_pages_are_restored_whole_or_not_at_all(int seed)
    {
        var random = new Random(seed);
        List<QueuedEvent> events = [.. Enumerable.Range(0, 200).Select(Next)];
        await Table.ProjectAsync([.. events]);
        var meanwhile = new BetweenPages(async _ =>
        {
            QueuedEvent[] arrived = [.. Enumerable.Range(events.Count, 8).Select(Next)];
            events.AddRange(arrived);
            await Table.ProjectAsync(arrived);
        });

        await BackUpAsync(meanwhile);
        var (restored, receipt) = await RestoreAsync();

        var keys = (await restored.RowsAsync("timeline_")).Select(row => row.RowKey).ToHashSet();
        Assert.Subset(keys, events[..200].Select(KeyOf).ToHashSet());
        await restored.AssertHasExactlyAsync(events.Where(e => keys.Contains(KeyOf(e))));
        Assert.NotEqual(0, receipt.Changed);
        Assert.Equal((0, 0), (receipt.Failures.Count, receipt.Remaining.Count));

        // Some conversations begin only during the backup.
        QueuedEvent Next(int second) => Message(
            $"c{random.Next(second < 200 ? 40 : 80)}", $"customer-{random.Next(second < 200 ? 5 : 10)}", second + 1);
    }

    [AzuriteTheory]
    [InlineData(null)]
    [InlineData(Begun.CustomerRow)]
    [InlineData(Begun.Conversations)]
    public async Task What_is_erased_between_any_two_pages_is_erased_in_the_restored_archive(Begun? before)
    {
        for (var (page, isErased) = (0, true); isErased; page++)
        {
            (var archive, isErased) = (await CreateTableAsync(), false);
            await FillAsync(archive);
            // An erasure that began long ago and is not finished, or one that begins during the backup.
            var through = before is null ? await archive.Eraser().ReadNowAsync(CancellationToken.None) : Now;
            var request = new ErasureRequest.OfCustomer(Shop, ErasedCustomer, through);
            if (before is { } begun) await BeginAsync(archive, request, begun);
            var meanwhile = new BetweenPages(async index =>
            {
                if (index != page) return;
                isErased = true;
                await archive.Eraser().EraseAsync(request, progress: null, CancellationToken.None);
            });
            var target = Path.Combine(Folder, $"{page}");
            Directory.CreateDirectory(Folder);
            await new Backup(archive.Storage(meanwhile), new PayloadReader(archive.Payloads), new TimeWithoutWaiting())
                .RunAsync(target, "archive", new Progress<BackupProgress>(), CancellationToken.None);
            // After the last page, an erasure that began before is still not finished.
            if (!isErased && before is null) break;

            var restored = await CreateTableAsync();
            await new Restore(restored.Storage(), restored.Payloads, new TimeWithoutWaiting())
                .RunAsync(target, new Progress<BackupProgress>(), CancellationToken.None);

            await AssertNothingOfAsync(restored, ErasedCustomer);
            await archive.Eraser().EraseAsync(request, progress: null, CancellationToken.None);
            await AssertSameAsync(archive, restored);
            Assert.InRange(page, 0, 50);
        }
    }

    [AzuriteFact]
    public async Task A_name_that_the_backup_read_before_the_erasure_is_erased_although_the_customer_writes_again()
    {
        await FillAsync(Table);
        await NameRows.WriteAsync(Table.Conversations(), Shop, "customer", "Cleo", NameKind.Contact);
        await Table.ProjectAsync(Message("c-later", ErasedCustomer, second: 4_000));
        var names = await Table.RowsAsync("name_");
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, ErasedCustomer, Now));
        // The backup has the name, and of each other row what it is after the erasure.
        foreach (var name in names) await Table.Client().UpsertEntityAsync(name, TableUpdateMode.Replace);

        await BackUpAsync();
        var (restored, _) = await RestoreAsync();

        Assert.Equal(["Cleo"], (await restored.RowsAsync("name_")).Select(row => row["Name"]));
        Assert.Single(await restored.RowsAsync("timeline_c-later"));
    }

    [AzuriteFact]
    public async Task A_conversation_whose_later_items_are_not_in_the_backup_is_a_tombstone_but_a_rebuild_reports_lost_items()
    {
        await Table.ProjectAsync(Message("c", "customer"), Message("c", "customer", second: 4_000));
        await EraseAsync(OneConversation);
        // As if the second item had come after the backup read the timeline, and before it read the row again.
        await Table.Client().DeleteEntityAsync(Assert.Single(await Table.RowsAsync("timeline_")));
        Assert.Equal(new RebuildOutcome.Failed("it has no timeline"), await Table.Rebuilder().RebuildAsync(
            Shop, "c", dryRun: false, CancellationToken.None));

        await BackUpAsync();
        var (restored, receipt) = await RestoreAsync();

        Assert.Equal((1, 0), (receipt.Changed, receipt.Failures.Count));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await restored.RowsAsync("conversation_"))));
        Assert.Empty(await restored.RowsAsync("recent_"));
    }

    [AzuriteFact]
    public async Task A_damaged_row_of_a_customer_is_told_and_the_others_are_erased()
    {
        await FillAsync(Table);
        await SetAsync(TableKeys.Customer("customer"), "ErasedThrough", "yesterday");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Table.Eraser(
            new KilledBefore(next => next.Kind() is RequestKind.Query)).EraseAsync(
                new ErasureRequest.OfCustomer(Shop, ErasedCustomer, Now), progress: null, CancellationToken.None));

        await BackUpAsync();
        var (restored, receipt) = await RestoreAsync();

        Assert.Equal([(Shop, TableKeys.Customer("customer"))], receipt.Remaining.Damaged);
        Assert.Empty(await restored.RowsAsync("timeline_c-erased"));
        await AssertNothingOfAsync(restored, ErasedCustomer);
    }

    // What was erased of it cannot be read.
    [AzuriteFact]
    public async Task A_damaged_row_of_a_conversation_is_told_and_counted_as_remaining()
    {
        await Table.ProjectAsync(Message("c", "customer"), Message("other", "customer"));
        await SetAsync("conversation_c", "ErasedThrough", "yesterday");

        await BackUpAsync();
        var (_, receipt) = await RestoreAsync();

        Assert.Equal([(Shop, "conversation_c")], receipt.Remaining.Damaged);
        Assert.StartsWith($"{Shop} c: ", Assert.Single(receipt.Failures), StringComparison.Ordinal);
    }

    private static async Task FillAsync(TestTable archive)
    {
        var large = await new TestReceiver(archive.Payloads, new()).ReceiveAsync(EventFactory.Reply("c-erased", 3, item =>
        {
            item["body"] = new string('x', 200_000);
            item.Parent!["conversation"]!["customerId"] = ErasedCustomer;
        }));
        await archive.ProjectAsync([.. Enumerable.Range(1, 120).Select(second => Message($"c{second % 60}", "customer", second)),
            Message("c-erased", ErasedCustomer), large.Queued!,
            Message("c-merged", ErasedCustomer, 1), Message("c-merged", "customer", 2)]);
        await NameRows.WriteAsync(archive.Conversations(), Shop, ErasedCustomer, "Eve", NameKind.Contact);
        await archive.UnprojectedStore().KeepAsync(
            [Message("c-kept", ErasedCustomer) with { Queue = QueueNames.UnprojectedEvents }], CancellationToken.None);
    }

    /// <summary>Simulates an eraser that is killed.</summary>
    private static Task BeginAsync(TestTable archive, ErasureRequest request, Begun begun)
    {
        var strayEvents = archive.Unprojected().Name;
        var kill = new KilledBefore(next => begun is Begun.CustomerRow ? next.Kind() is RequestKind.Query
            : next.RequestUri!.AbsolutePath.Contains(strayEvents, StringComparison.Ordinal));
        return Assert.ThrowsAsync<StoreUnavailableException>(() =>
            archive.Eraser(kill).EraseAsync(request, progress: null, CancellationToken.None));
    }

    private static string KeyOf(QueuedEvent e) => TableKeys.Timeline(e.Body.ToArray().ToEvent().Identity);

    /// <summary>The last step of an erasure that was killed.</summary>
    public enum Begun
    {
        CustomerRow,
        Conversations,
    }

    /// <summary>Lets others write before each page of rows.</summary>
    private sealed class BetweenPages(Func<int, Task> write) : Interceptor
    {
        private int pages = -1;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            // The query of the store's clock is not one of rows.
            if (request.Kind() is RequestKind.Query && !request.RequestUri!.Query.Contains("now", StringComparison.Ordinal))
            {
                await write(++pages);
            }

            return await goOn();
        }
    }
}
