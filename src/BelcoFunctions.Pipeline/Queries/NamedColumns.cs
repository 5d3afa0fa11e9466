using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The columns of an export of conversations or timelines: beside each id of a person, a column with the name that is
/// known when the export runs.</summary>
public sealed class NamedColumns
{
    private readonly Dictionary<string, int> places;
    private readonly Func<Func<string, string?>, string?> contactOf;
    private readonly IReadOnlyDictionary<string, NameColumn> added;

    private NamedColumns(IReadOnlyList<RowColumn> columns, Func<Func<string, string?>, string?> contactOf,
        IReadOnlyDictionary<string, NameColumn> added)
    {
        (this.contactOf, this.added) = (contactOf, added);
        places = columns.Index().ToDictionary(column => column.Item.Name, column => column.Index, StringComparer.Ordinal);
        Columns = [.. columns.SelectMany(column => added.TryGetValue(column.Name, out var name)
            ? (RowColumn[])[column, RowColumn.Added(name.Name)] : [column])];
    }

    /// <summary>The columns of a conversation.</summary>
    public static NamedColumns Conversation { get; } = new(RowColumns.Conversation, value => value("customerId"),
        new Dictionary<string, NameColumn>(StringComparer.Ordinal)
        {
            ["customerId"] = new("customerName", (names, value) => names.OfCustomer(value("customerId"))),
            ["assignedTo"] = new("assignedToName", (names, value) => names.OfAssignee(value("assignedTo"))),
        });

    /// <summary>The columns of an event in a timeline.</summary>
    public static NamedColumns Timeline { get; } = new(RowColumns.Timeline,
        value => ConversationItem.SideOf(value("actorType")) is MessageSide.Customer ? value("actorId") : null,
        new Dictionary<string, NameColumn>(StringComparer.Ordinal)
        {
            ["actorId"] = new("actorName", (names, value) => names.OfActor(value("actorType"), value("actorId"))),
            ["assignedTo"] = new("assignedToName", (names, value) => names.OfAssignee(value("assignedTo"))),
            ["previousAssignee"] =
                new("previousAssigneeName", (names, value) => names.OfAssignee(value("previousAssignee"))),
        });

    /// <summary>The columns with those of the names.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>Adds the names to rows with the values of the columns without names. Reads the names of some rows at a
    /// time.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<object?[]> AddAsync(IAsyncEnumerable<IReadOnlyList<object?>> rows, string shopId,
        NameQueries queries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in rows.Chunk(RowScan.LargeRowsPage).WithCancellation(cancellationToken))
        {
            var names = await queries.ReadAsync(shopId, some.Select(row => contactOf(ValueOf(row))), cancellationToken);
            foreach (var row in some) yield return Add(row, names);
        }
    }

    /// <summary>Adds the names to one row.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<object?[]> AddAsync(
        IReadOnlyList<object?> row, string shopId, NameQueries queries, CancellationToken cancellationToken) =>
        Add(row, await queries.ReadAsync(shopId, [contactOf(ValueOf(row))], cancellationToken));

    private object?[] Add(IReadOnlyList<object?> row, Names names) =>
    [
        .. places.SelectMany(place => added.TryGetValue(place.Key, out var name)
            ? (object?[])[row[place.Value], name.Read(names, ValueOf(row))] : [row[place.Value]]),
    ];

    private Func<string, string?> ValueOf(IReadOnlyList<object?> row) => column => (string?)row[places[column]];

    private sealed record NameColumn(string Name, Func<Names, Func<string, string?>, string?> Read);
}
