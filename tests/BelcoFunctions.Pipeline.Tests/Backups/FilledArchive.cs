using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Tests.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Backups;

/// <summary>An archive with a row of each kind, and each kind of erasure.</summary>
internal static class FilledArchive
{
    public const string Shop = EventFactory.ShopId;

    // Long before any backup of a test begins.
    private static readonly DateTimeOffset Now = EventFactory.Start.AddHours(1);

    /// <summary>What the table service can hold. No row of BelcoFunctions has an Int64, a Double or a Guid.</summary>
    public static TableEntity EveryType { get; } = new("another program's", "row")
    {
        ["Text"] = "ë \" \\ \n \u2028 𝄞",
        ["Empty"] = "",
        ["True"] = true,
        ["Int32"] = int.MinValue,
        ["Int64"] = long.MaxValue,
        ["SmallInt64"] = 5L,
        ["Double"] = 0.1,
        ["WholeDouble"] = 5.0,
        ["Time"] = new DateTimeOffset(2025, 6, 11, 9, 15, 5, TimeSpan.Zero).AddTicks(1_234_567),
        ["Binary"] = (byte[])[0, 255, 10],
        ["NoBytes"] = Array.Empty<byte>(),
        ["Guid"] = Guid.Parse("8b1d2a53-7a05-4c1a-9d3e-1f0e6b7f8a90"),
    };

    /// <param name="table">An empty table.</param>
    /// <param name="receive">Receives a body; a large one becomes a blob.</param>
    public static async Task FillAsync(TestTable table, Func<byte[], Task<QueuedEvent>> receive)
    {
        await ImportAsync(table);
        await table.ProjectAsync([.. EventFactory.Batch(30, conversations: 5),
            await receive(EventFactory.Reply("large", 1, item => item["body"] = new string('x', 200_000)))]);
        await KeepAsync(table, await receive(
            """{"requestId":"r","eventName":"contact.created","payload":{"shopId":"shop"}}"""u8.ToArray()));
        await KeepAsync(table, await receive(EventFactory.Reply("other", 1, item => item["body"] = new string('y', 200_000))));
        await EraseAsync(table, new ErasureRequest.OfConversation(Shop, "conversation-1", Now));
        await EraseAsync(table, new ErasureRequest.OfCustomer(Shop, "erased", Now));
        await table.ProjectAsync(EventFactory.Reply("conversation-2", 4_000).ToQueued());
        await EraseAsync(table, new ErasureRequest.OfConversation(Shop, "conversation-2", Now));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => table.Eraser(new KilledAfterFirstTransaction()).EraseAsync(
            new ErasureRequest.OfConversation(Shop, "conversation-3", Now), progress: null, CancellationToken.None));
        await table.Client().AddEntityAsync(EveryType);
    }

    private static async Task ImportAsync(TestTable table)
    {
        var shop = new ImportedShop(table);
        shop.Add("imported");
        shop.Account.Conversations.Add(BelcoConversation.Create("erased-import", Shop, ImportedShop.Start, "erased")
            .Add(BelcoItem.CustomerMessage("erased-item", ImportedShop.Start.AddSeconds(1), "Hello", "erased")));
        await shop.CompleteAsync();
        await NameRows.WriteAsync(table.Conversations(), Shop, "agent", "Ada", NameKind.User, NameKind.Team);
    }

    private static async Task KeepAsync(TestTable table, QueuedEvent e) => Assert.IsType<DeliveryOutcome.Kept>(Assert.Single(
        await table.UnprojectedStore().KeepAsync(
            [e with { Queue = QueueNames.UnprojectedEvents }], CancellationToken.None)));

    private static Task<ErasureReceipt> EraseAsync(TestTable table, ErasureRequest request) =>
        table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

    /// <summary>Simulates an eraser that is killed as soon as the conversation's row says that it is erased.</summary>
    private sealed class KilledAfterFirstTransaction : Interceptor
    {
        private int transactions;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            if (Volatile.Read(ref transactions) > 0) throw new HttpRequestException("The process was killed.");
            if (request.IsTransaction()) Interlocked.Increment(ref transactions);
            return goOn();
        }
    }
}
