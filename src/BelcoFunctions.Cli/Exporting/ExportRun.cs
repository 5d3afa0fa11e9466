using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes the rows of a selection to a stream.</summary>
/// <param name="queries">Reads the rows.</param>
/// <param name="names">Reads the names of people.</param>
/// <param name="progress">Gets the number of rows so far.</param>
internal sealed class ExportRun(ExportQueries queries, NameQueries names, IProgress<int> progress)
{
    public async Task<ExportedRows> RunAsync(ExportRequest request, Stream output, CancellationToken cancellationToken)
    {
        var (columns, rows) = Read(request, cancellationToken);
        IRowWriter writer = request.Format switch
        {
            ExportFormat.Csv => new CsvRows(output, columns, request.Csv),
            ExportFormat.Jsonl => new JsonLines(output, columns),
            ExportFormat.Parquet => new ParquetRows(output, columns),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
        var (count, missing) = (0, 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(row, cancellationToken);
            if (request.Content is ExportContent.Events && row[^1] is null) missing++;
            progress.Report(++count);
        }

        IReadOnlyList<string> notes = count > 0 ? []
            : await queries.FindUnusedValuesAsync(request.Selection.ShopId, request.Selection.Filter, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
        return new ExportedRows(count, missing) { Notes = notes };
    }

    private (IReadOnlyList<RowColumn> Columns, IAsyncEnumerable<object?[]> Rows) Read(
        ExportRequest request, CancellationToken cancellationToken) => request.Content switch
        {
            ExportContent.Conversations => Named(
                NamedColumns.Conversation, queries.ConversationsAsync(request.Selection, cancellationToken), request,
                cancellationToken),
            ExportContent.Timeline => Named(
                NamedColumns.Timeline, queries.TimelineAsync(request.Selection, cancellationToken), request, cancellationToken),
            ExportContent.Events => (RowColumns.Event, queries.EventsAsync(request.Selection, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };

    private (IReadOnlyList<RowColumn> Columns, IAsyncEnumerable<object?[]> Rows) Named(NamedColumns columns,
        IAsyncEnumerable<object?[]> rows, ExportRequest request, CancellationToken cancellationToken) =>
        (columns.Columns, columns.AddAsync(rows, request.Selection.ShopId, names, cancellationToken));
}

/// <summary>What to export, and how.</summary>
/// <param name="Selection">The rows.</param>
/// <param name="Content">What a row is.</param>
/// <param name="Format">The file format.</param>
internal sealed record ExportRequest(ExportSelection Selection, ExportContent Content, ExportFormat Format)
{
    /// <summary>How CSV is written.</summary>
    public CsvOptions Csv { get; init; } = new();
}

/// <summary>What was exported.</summary>
/// <param name="Count">The rows.</param>
/// <param name="Missing">Rows of events whose blob is missing.</param>
internal sealed record ExportedRows(int Count, int Missing)
{
    /// <summary>Why there are no rows: sentences about values of the filter that no conversation has.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
