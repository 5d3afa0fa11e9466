using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads all rows of an export, page by page, in the order of their keys. Leaves out what was erased, even if the
/// erasure was killed midway.</summary>
/// <remarks>Reads the conversation rows, not the recent rows. A recent row moves when its conversation gets an item. If it
/// moved to a page that was already read, the export would miss the conversation.</remarks>
public sealed class ExportQueries(ConversationTable table, PayloadReader payloads)
{
    private static readonly string[] Erasure = [Column.ConversationId, Column.Events, Column.ErasedThrough];

    private readonly RowScan rows = new(table);
    private readonly FilterPeople people = new(table, int.MaxValue);

    /// <summary>The values of <see cref="RowColumns.Conversation"/> of each conversation.</summary>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row.</exception>
    /// <exception cref="DamagedRowException"/>
    public IAsyncEnumerable<object?[]> ConversationsAsync(ExportSelection selection, CancellationToken cancellationToken) =>
        ReadSelectedAsync(selection, selection.Within(Column.LastItemAt),
            RowColumns.Conversation.SelectMany(column => column.Stored), cancellationToken)
        .Select(row => RowColumn.Read(RowColumns.Conversation, row));

    /// <summary>Sentences about the values of a filter that no conversation has. Reads all conversations.</summary>
    /// <inheritdoc cref="ConversationsAsync" path="/exception"/>
    public async Task<IReadOnlyList<string>> FindUnusedValuesAsync(
        string shopId, ConversationFilter filter, CancellationToken cancellationToken)
    {
        var scan = new FilterScan(await people.ResolveAsync(shopId, filter, cancellationToken));
        await foreach (var row in ReadConversations(shopId, condition: null, ResolvedFilter.Columns, cancellationToken))
        {
            if (!ConversationRow.IsTombstone(row)) scan.Matches(row);
        }

        return scan.Notes(isComplete: true);
    }

    /// <summary>The values of <see cref="RowColumns.Timeline"/> of each event.</summary>
    /// <inheritdoc cref="ConversationsAsync" path="/exception"/>
    public IAsyncEnumerable<object?[]> TimelineAsync(ExportSelection selection, CancellationToken cancellationToken) =>
        ReadTimelines(selection, RowColumns.TimelineSelect, cancellationToken)
            .Select(row => RowColumn.Read(RowColumns.Timeline, row));

    /// <summary>The values of <see cref="RowColumns.Event"/> of each event. The last one is the event as Belco sent it; null if
    /// its blob is missing.</summary>
    /// <inheritdoc cref="ConversationsAsync" path="/exception"/>
    public IAsyncEnumerable<object?[]> EventsAsync(ExportSelection selection, CancellationToken cancellationToken) =>
        ReadTimelines(selection, RowColumns.Event.SelectMany(column => column.Stored).Distinct(), cancellationToken)
            .SelectAheadAsync(Concurrency.BodiesAhead, ReadEventAsync, cancellationToken);

    private async Task<object?[]> ReadEventAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var values = RowColumn.Read(RowColumns.Event, row);
        var raw = RawEvent.Read(row);
        values[^1] = await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken);
        return values;
    }

    private IAsyncEnumerable<TableEntity> ReadTimelines(
        ExportSelection selection, IEnumerable<string> columns, CancellationToken cancellationToken) =>
        selection.Filter.IsEmpty
            ? ReadAllTimelinesAsync(selection, columns, cancellationToken)
            : ReadSelectedTimelinesAsync(selection, columns, cancellationToken);

    private async IAsyncEnumerable<TableEntity> ReadAllTimelinesAsync(ExportSelection selection, IEnumerable<string> columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only an erasure that is running or was killed leaves rows that must be skipped.
        var erased = await ReadConversations(
                selection.ShopId, RowFilter.Where(Column.ErasureUnfinished, "eq", true), Erasure, cancellationToken)
            .ToDictionaryAsync(IdOf, ErasedThrough, cancellationToken: cancellationToken);
        var timelines = rows.ReadAsync(selection.ShopId, KeyRange.From(TableKeys.TimelinesPrefix), selection.Within(Column.At),
            RowScan.LargeRowsPage, columns, cancellationToken);
        await foreach (var row in timelines)
        {
            if (!(TimeOf(row, Column.At) <= erased.GetValueOrDefault(IdOf(row)))) yield return row;
        }
    }

    private async IAsyncEnumerable<TableEntity> ReadSelectedTimelinesAsync(ExportSelection selection, IEnumerable<string> columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var timelines = ReadSelectedAsync(selection, condition: null, Erasure, cancellationToken)
            .SelectAheadAsync(Concurrency.ConversationsAhead, BeginAsync, cancellationToken);
        await foreach (var (events, isAny) in timelines)
        {
            for (var has = isAny; has; has = await events.MoveNextAsync()) yield return events.Current;
            await events.DisposeAsync();
        }

        async Task<(IAsyncEnumerator<TableEntity> Events, bool IsAny)> BeginAsync(TableEntity row, CancellationToken token)
        {
            var keys = TableKeys.TimelineAfter(IdOf(row), ErasedThrough(row));
            var events = rows.ReadAsync(selection.ShopId, keys, selection.Within(Column.At), RowScan.LargeRowsPage, columns,
                cancellationToken).GetAsyncEnumerator(cancellationToken);
            return (events, await events.MoveNextAsync());
        }
    }

    // The service compares text exactly, so the filter is applied here.
    private async IAsyncEnumerable<TableEntity> ReadSelectedAsync(ExportSelection selection, string? condition,
        IEnumerable<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = new FilterScan(await people.ResolveAsync(selection.ShopId, selection.Filter, cancellationToken));
        await foreach (var row in ReadConversations(
            selection.ShopId, condition, columns.Union(ResolvedFilter.Columns), cancellationToken))
        {
            if (!ConversationRow.IsTombstone(row) && scan.Matches(row)) yield return row;
        }
    }

    private IAsyncEnumerable<TableEntity> ReadConversations(
        string shopId, string? condition, IEnumerable<string> columns, CancellationToken cancellationToken) => rows.ReadAsync(
        shopId, KeyRange.From(TableKeys.ConversationPrefix), condition, pageRows: null, columns.Union(Erasure),
        cancellationToken);

    private static string IdOf(TableEntity row) =>
        row[Column.ConversationId] as string ?? throw new DamagedRowException(row.RowKey);

    private static DateTimeOffset? ErasedThrough(TableEntity row) => TimeOf(row, Column.ErasedThrough);

    private static DateTimeOffset? TimeOf(TableEntity row, string column) =>
        DamagedRowException.Guard(row, _ => row.GetDateTimeOffset(column));
}
