using System.Globalization;
using System.Text;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Receiving;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Erased events never come back, whenever and however often events are delivered. <c>CsCheck_Iter</c> sets the
/// number of histories.</summary>
public sealed class ErasureProperties(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Projectors = 8;

    private static readonly int Iterations =
        int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), CultureInfo.InvariantCulture, out var set) ? set : 6;

    [AzuriteFact]
    public async Task After_an_erasure_only_later_events_remain_as_if_the_erased_ones_had_never_come() =>
        await ErasureHistory.Any.SampleAsync(async history =>
        {
            var run = new Run(await CreateTableAsync());
            await run.DeliverAsync(history.Before);
            var delivering = run.DeliverAsync(history.During);
            foreach (var kill in history.Kills) await run.EraseAsync(history, new KilledAfter(kill));
            await delivering;
            await run.EraseAsync(history);
            await run.DeliverAsync(history.After);
            // Redriven, replayed and rebuilt.
            await run.DeliverAsync([.. history.All]);
            await foreach (var _ in run.Table.Replay().ReplayAsync(new(), limit: null, CancellationToken.None)) { }
            await run.RebuildAsync();
            var eraser = run.Table.Eraser();
            await eraser.FinishAsync(EventFactory.ShopId, eraser.Begin(), CancellationToken.None);

            await run.AssertHasOnlyAsync(history);
            run.Dispose();
        }, iter: Iterations, threads: 1);

    /// <summary>The projectors of a history. Half of them have a memory.</summary>
    private sealed class Run(TestTable table) : IDisposable
    {
        private readonly ConversationMemory[] memories =
            [.. Enumerable.Range(0, Projectors / 2).Select(_ => new ConversationMemory())];

        private readonly Dictionary<int, QueuedEvent> queued = [];

        public TestTable Table => table;

        public void Dispose()
        {
            foreach (var memory in memories) memory.Dispose();
        }

        /// <summary>Each event goes to two of the projectors.</summary>
        public async Task DeliverAsync(ErasureEvent[] events)
        {
            foreach (var e in events.DistinctBy(e => e.Number)) await ReceiveAsync(e);
            await Task.WhenAll(Enumerable.Range(0, Projectors).Select(number => Task.Run(async () =>
            {
                var projector = number < memories.Length
                    ? table.RememberingProjector(memories[number]) : table.Projector();
                var share = events.Where(e => (e.Number - number + Projectors) % Projectors is 0 or 1);
                foreach (var batch in share.Chunk(3 + number)) await ProcessAsync(projector, batch);
            })));
        }

        public async Task EraseAsync(ErasureHistory history, params IReadOnlyList<Interceptor> interceptors)
        {
            try
            {
                var receipt = await table.Eraser(interceptors).EraseAsync(
                    new ErasureRequest.OfCustomer(EventFactory.ShopId, ErasureHistory.Erased, history.Moment),
                    progress: null, CancellationToken.None);
                Assert.Equal(0, receipt.Remaining);
            }
            catch (StoreUnavailableException) when (interceptors is [KilledAfter { IsKilled: true }])
            {
                // The test kills the eraser on purpose.
            }
        }

        public async Task RebuildAsync()
        {
            var rebuilder = table.Rebuilder();
            await foreach (var (shopId, conversationId) in rebuilder.ListAsync(EventFactory.ShopId, CancellationToken.None))
            {
                Assert.Equal(new RebuildOutcome.Unchanged(),
                    await rebuilder.RebuildAsync(shopId, conversationId, dryRun: false, CancellationToken.None));
            }
        }

        public async Task AssertHasOnlyAsync(ErasureHistory history)
        {
            var rows = await table.RowsAsync();
            var kept = history.All.Where(e => !history.IsErased(e)).DistinctBy(e => e.Number).ToList();
            // Rows of customers contain a hash and no text. Which of these rows exist depends on the order.
            var customers = rows.Where(row => row.RowKey.StartsWith("customer_", StringComparison.Ordinal)).ToList();
            Assert.Equal(Texts(ExpectedRows(history, kept)), Texts(rows.Except(customers)));
            var needed = kept.Where(e => e.IsProjected).SelectMany(e => e.ToUtf8().ToEvent().CustomerIds);
            Assert.Subset(
                customers.Select(row => row.RowKey).ToHashSet(), needed.Select(TableKeys.Customer).ToHashSet());
            var unprojected = await table.Unprojected().QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync();
            Assert.Equal(kept.Count(e => !e.IsProjected), unprojected.Count);

            var blobs = await BlobsAsync();
            var texts = rows.Concat(unprojected).Select(AsBytes).Concat(blobs.Values).ToList();
            foreach (var e in history.All.Where(history.IsErased)) AssertNowhere(e.Words, texts);
            if (!kept.Exists(e => e.HasId(ErasureHistory.Erased))) AssertNowhere(ErasureHistory.Erased, texts);
            Assert.Equal(
                kept.Where(e => e.IsLarge).Select(e => queued[e.Number].PayloadBlob!).Order(StringComparer.Ordinal),
                blobs.Keys.Order(StringComparer.Ordinal));
        }

        private async Task ReceiveAsync(ErasureEvent e)
        {
            // Belco sends the event again, so a large body is stored again too.
            var received = await new TestReceiver(table.Payloads).ReceiveAsync(e.ToUtf8());
            queued[e.Number] = received.Queued!;
        }

        private async Task ProcessAsync(Projector projector, ErasureEvent[] events)
        {
            var unprojected = table.UnprojectedStore();
            foreach (var queue in events.GroupBy(e => e.IsProjected))
            {
                for (QueuedEvent[] left = [.. queue.Select(e => queued[e.Number])]; left.Length > 0;)
                {
                    var outcomes = queue.Key
                        ? await projector.ProjectAsync(left, CancellationToken.None)
                        : await unprojected.KeepAsync(left, CancellationToken.None);
                    Assert.All(outcomes, outcome => Assert.True(
                        outcome is not (DeliveryOutcome.Failed or DeliveryOutcome.NeverProjectable), outcome.ToString()));
                    left = [.. left.Where((_, index) => outcomes[index] is DeliveryOutcome.RetryLater)];
                }
            }
        }

        private IEnumerable<Azure.Data.Tables.TableEntity> ExpectedRows(ErasureHistory history, List<ErasureEvent> kept)
        {
            foreach (var conversation in history.All.Where(e => e.IsProjected).Select(e => e.Conversation).Distinct())
            {
                var erasure = history.IsErased(conversation)
                    ? new Erasure(history.Moment, default) { ReceivedThrough = history.Moment } : null;
                var events = kept.Where(e => e.IsProjected && e.Conversation == conversation).ToList();
                var state = events.Aggregate(new ConversationState(EventFactory.ShopId, conversation),
                    (folded, e) => folded.Apply(e.ToUtf8().ToEvent()));
                yield return ConversationRow.ToEntity(state, erasure);
                if (events.Count > 0) yield return ConversationRow.ToRecentEntity(state);
                foreach (var e in events)
                {
                    var delivered = queued[e.Number];
                    yield return TimelineRow.ToEntity(e.ToUtf8().ToEvent(), delivered.ReceivedAt, delivered.PayloadBlob);
                }
            }
        }

        private async Task<Dictionary<string, byte[]>> BlobsAsync() => await table.Container().GetBlobsAsync()
            .ToDictionaryAsync(async (blob, _) => blob.Name, async (blob, token) =>
                (await table.Payloads.GetAsync(blob.Name, token))!);

        private static void AssertNowhere(string text, IEnumerable<byte[]> all)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.All(all, each => Assert.True(each.AsSpan().IndexOf(bytes) < 0, $"{text} is still there."));
        }

        private static byte[] AsBytes(Azure.Data.Tables.TableEntity row) => [.. row.SelectMany(column =>
            (byte[])[.. Encoding.UTF8.GetBytes(column.Key), 0, .. column.Value as byte[] ?? Encoding.UTF8.GetBytes(
                Convert.ToString(column.Value, CultureInfo.InvariantCulture)!), 0])];

        private static IEnumerable<string> Texts(IEnumerable<Azure.Data.Tables.TableEntity> rows) => rows.Select(row =>
        {
            row.Remove("ErasedAt");
            return TestTable.ToText(row);
        }).Order(StringComparer.Ordinal);
    }
}
