using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Counts the conversations of a shop from the rows of its list, the most recently active first.</summary>
public sealed class ShopCountQueries(ConversationTable table)
{
    private static readonly string[] Columns = [Column.Status, Column.LastItemAt];

    private readonly RowScan rows = new(table);

    /// <param name="shopId">The shop.</param>
    /// <param name="max">Counts no further, so that a large shop costs only some requests: one for 1,000 rows.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public async Task<ShopCount> CountAsync(string shopId, int max, CancellationToken cancellationToken)
    {
        var count = new ShopCount();
        await foreach (var row in rows.ReadAsync(shopId, KeyRange.From(TableKeys.RecentPrefix),
            condition: null, pageRows: null, Columns, cancellationToken))
        {
            if (count.Conversations == max) return count with { HasMore = true };
            count = count with
            {
                Conversations = count.Conversations + 1,
                Open = count.Open + (row[Column.Status] is ConversationStatus.Open ? 1 : 0),
                LastItemAt = count.LastItemAt ?? row[Column.LastItemAt] as DateTimeOffset?,
            };
        }

        return count;
    }
}

/// <summary>How many conversations a shop has.</summary>
public sealed record ShopCount
{
    public int Conversations { get; init; }

    /// <summary>Those among them that are open.</summary>
    public int Open { get; init; }

    /// <summary>True if the shop has more conversations than were counted.</summary>
    public bool HasMore { get; init; }

    /// <summary>The last item of the most recently active one.</summary>
    public DateTimeOffset? LastItemAt { get; init; }
}
