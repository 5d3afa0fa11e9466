using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Erasing;
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
        Assert.Equal((0, 0), (receipt.Failures.Count, receipt.UnfinishedErasures));

        // Some conversations begin only during the backup.
        QueuedEvent Next(int second) => Message(
            $"c{random.Next(second < 200 ? 40 : 80)}", $"customer-{random.Next(second < 200 ? 5 : 10)}", second + 1);
    }

    [AzuriteFact]
    public async Task What_is_erased_between_any_two_pages_is_erased_in_the_restored_archive()
    {
        for (var page = 0; ; page++)
        {
            var (archive, erasedAt) = (await CreateTableAsync(), -1);
            await FillAsync(archive);
            var meanwhile = new BetweenPages(async index =>
            {
                if (index != page) return;
                erasedAt = index;
                var now = await archive.Eraser().ReadNowAsync(CancellationToken.None);
                await archive.Eraser().EraseAsync(
                    new ErasureRequest.OfCustomer(Shop, ErasedCustomer, now), progress: null, CancellationToken.None);
            });
            var target = Path.Combine(Folder, $"{page}");
            Directory.CreateDirectory(Folder);
            await new Backup(archive.Storage(meanwhile), new PayloadReader(archive.Payloads), new TimeWithoutWaiting())
                .RunAsync(target, "archive", new Progress<BackupProgress>(), CancellationToken.None);
            if (erasedAt < 0) break;

            var restored = await CreateTableAsync();
            await new Restore(restored.Storage(), restored.Payloads, new TimeWithoutWaiting())
                .RunAsync(target, new Progress<BackupProgress>(), CancellationToken.None);
            await FinishErasuresAsync(restored);

            await AssertSameAsync(archive, restored);
            Assert.DoesNotContain(ErasedCustomer, string.Concat(await ContentsAsync(restored)), StringComparison.Ordinal);
            Assert.InRange(page, 0, 50);
        }
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

    private static string KeyOf(QueuedEvent e) => TableKeys.Timeline(e.Body.ToArray().ToEvent().Identity);

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
