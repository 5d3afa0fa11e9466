using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Benchmarks.Exporting;

/// <summary>Exports a shop with 100,000 conversations to a file, compared with reading the same rows with the bare
/// SDK.</summary>
internal sealed class ExportBenchmark : IBenchmark
{
    private const int InShop = 100_000;
    private const string RowsPerSecond = "rows/s";
    private const string Memory = "MiB at most";

    public string Name => "export";

    public string Summary => "100,000 conversations to a file, and the memory of belco export";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var azurite = await BenchmarkStorage.StartAsync(session, cancellationToken);
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(cancellationToken);
        // The library's client has a short timeout, and this one does not: a transaction that is sent again after a timeout
        // would fail, because its rows exist already.
        var table = new TableClient(azurite.ConnectionString, ConversationTable.Name);
        var rows = session.Size(InShop);
        await table.AddConversationsAsync(rows, session, cancellationToken);
        var formats = Enum.GetValues<ExportFormat>();
        var readings = await session.InterleaveAsync(cancellationToken,
        [
            Rate("SDK", token => ReadAsync(table, token)),
            .. formats.Select(format => Rate($"{format}", token => ExportAsync(storage, FileOf(format), format, token))),
            .. formats.Select(format => new Side($"belco export, {format}", async token => new Reading
            {
                [Memory] = await ExportProcess.MeasureAsync(azurite.ConnectionString, FileOf(format), token),
            })),
        ]);
        return
        [
            .. formats.Select((format, index) => Comparison.Create(
                $"100,000 conversations to {Word(format)}, beside reading them by the SDK",
                RowsPerSecond, readings[0], readings[1 + index], Goal.AtLeast(0.8))),
            .. formats.Select((format, index) => Comparison.Create(
                $"100,000 conversations to {Word(format)}", Memory, readings[1 + formats.Length + index], Goal.AtMost(200))),
        ];

        string FileOf(ExportFormat format) => Path.Combine(folder.Path, "conversations." + Word(format));

        Side Rate(string name, Func<CancellationToken, Task<int>> readAsync) => new(name, async token =>
        {
            var started = Stopwatch.GetTimestamp();
            if (await readAsync(token) != rows) throw new InvalidOperationException($"{name} did not read all rows.");
            return new Reading { [RowsPerSecond] = rows / Stopwatch.GetElapsedTime(started).TotalSeconds };
        });
    }

    private static async Task<int> ReadAsync(TableClient table, CancellationToken cancellationToken)
    {
        var filter = ConversationTable.Filter(Conversations.ShopId, KeyRange.From(TableKeys.ConversationPrefix));
        return await table.QueryAsync<TableEntity>(
            filter, select: ["RowKey", .. RowColumns.Conversation.SelectMany(column => column.Stored).Distinct()],
            cancellationToken: cancellationToken).CountAsync(cancellationToken);
    }

    private static async Task<int> ExportAsync(
        PipelineStorage storage, string file, ExportFormat format, CancellationToken cancellationToken)
    {
        var payloads = new PayloadReader(new BlobPayloadStore(storage.Payloads));
        var run = new ExportRun(
            new ExportQueries(storage.Conversations, payloads), new NameQueries(storage.Conversations, TimeProvider.System),
            new Progress<int>());
        using var output = NewFile.Create(file, overwrite: true);
        var selection = new ExportSelection(Conversations.ShopId, new ConversationFilter());
        var exported = await run.RunAsync(
            new ExportRequest(selection, ExportContent.Conversations, format), output.Stream, cancellationToken);
        output.Complete();
        return exported.Count;
    }

    private static string Word(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "csv",
        ExportFormat.Jsonl => "jsonl",
        ExportFormat.Parquet => "parquet",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
