using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>A shop at Belco, and imports of it into the table of a test.</summary>
internal sealed class ImportedShop
{
    public static readonly DateTimeOffset Start = EventFactory.Start;

    private readonly TestTable table;

    public ImportedShop(TestTable table, BelcoAccount? account = null)
    {
        (this.table, Account) = (table, account ?? BelcoAccount.WithShop(EventFactory.ShopId));
        Api = new AccountApi(Account);
    }

    public BelcoAccount Account { get; }

    public AccountApi Api { get; }

    public RetentionSettings Retention { get; set; } = new();

    public IProgress<ImportProgress> Progress { get; set; } = new Ignored();

    /// <summary>Adds a conversation with a message of its customer.</summary>
    public BelcoConversation Add(string id, DateTimeOffset? at = null)
    {
        var began = at ?? Start;
        return Account.Conversations.Add(BelcoConversation.Create(id, EventFactory.ShopId, began)
            .Add(BelcoItem.CustomerMessage($"{id}-1", began.AddSeconds(1), "Hello")));
    }

    /// <summary>Imports, and returns the receipt.</summary>
    public Task<ImportReceipt> ImportAsync(
        Func<ImportRequest, ImportRequest>? change = null, params IReadOnlyList<Interceptor> interceptors) =>
        Import(interceptors).RunAsync(Api, (change ?? (request => request))(new ImportRequest(EventFactory.ShopId)), Progress,
            CancellationToken.None);

    /// <summary>Imports a complete archive.</summary>
    public async Task<ImportReceipt> CompleteAsync(params IReadOnlyList<Interceptor> interceptors)
    {
        var receipt = await ImportAsync(change: null, interceptors);
        Assert.Null(receipt.Stopped);
        Assert.Equal([], receipt.Failed.First);
        Assert.True(receipt.IsComplete);
        return receipt;
    }

    public Task<ImportMark?> MarkAsync() =>
        new ImportMarks(table.Conversations()).FindAsync(EventFactory.ShopId, CancellationToken.None);

    private Import Import(IReadOnlyList<Interceptor> interceptors)
    {
        var (storage, payloads) = (table.Storage(interceptors), table.PayloadsThrough(interceptors));
        var time = new TimeWithoutWaiting();
        return new Import(storage, new ItemImport(storage, payloads, time), new PayloadReader(payloads), Retention, time);
    }

    private sealed class Ignored : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) { }
    }
}
