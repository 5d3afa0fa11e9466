using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>Searches one conversation: its names and ids, and its timeline without the raw events.</summary>
internal sealed class TimelineSearch(ConversationTable table, NameQueries names, SearchRequest request)
{
    /// <summary>The most events of a conversation to search. Otherwise one conversation could take all of the time, and the
    /// search would never get past it.</summary>
    public const int MaxEvents = 5_000;

    private static readonly string[] Columns =
    [
        Column.ItemId, Column.At, Column.Kind, Column.EventName, Column.ActorType, Column.ActorId, Column.BodyTruncated,
        .. RowValues.TextPartNames(Column.Body),
    ];

    private readonly RowScan rows = new(table);

    /// <summary>Searches the conversation of a recent row. A damaged row makes the search incomplete, and does not end
    /// it.</summary>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row.</exception>
    public async Task<SearchedConversation> SearchAsync(TableEntity recent, CancellationToken cancellationToken)
    {
        var searched = new SearchedConversation(recent.RowKey, recent[Column.LastItemAt] as DateTimeOffset?);
        try
        {
            var conversation = ConversationSummary.Read(recent);
            var known = await names.ReadAsync(request.ShopId, [conversation.CustomerId], cancellationToken);
            var (matches, isIncomplete) = await MatchAsync(conversation, known, erased: null, cancellationToken);
            searched = searched with { IsIncomplete = isIncomplete };
            if (!matches.IsComplete) return searched;

            // Only this row says what is erased. Rows that an unfinished erasure has left must not be found.
            var row = await rows.FindAsync(request.ShopId, TableKeys.Conversation(conversation.ConversationId),
                RowColumns.ConversationSelect, cancellationToken);
            if (row is null || ConversationRow.IsTombstone(row)) return searched;
            conversation = ConversationSummary.Read(row);
            if (DamagedRowException.Guard(row, each => each.GetDateTimeOffset(Column.ErasedThrough)) is { } erased)
            {
                (matches, _) = await MatchAsync(conversation, known, erased, cancellationToken);
            }

            return matches.IsComplete
                ? searched with { Found = new FoundConversation(conversation, known, matches.Places) } : searched;
        }
        catch (DamagedRowException)
        {
            return searched with { IsIncomplete = true };
        }
    }

    private async Task<(SearchMatches Matches, bool IsIncomplete)> MatchAsync(
        ConversationSummary conversation, Names known, DateTimeOffset? erased, CancellationToken cancellationToken)
    {
        var matches = new SearchMatches(request.Query);
        Add(matches, conversation, known);
        var (read, isIncomplete) = (0, false);
        var timeline = rows.ReadAsync(request.ShopId, TableKeys.TimelineAfter(conversation.ConversationId, erased),
            condition: null, RowScan.LargeRowsPage, Columns, cancellationToken);
        await foreach (var row in timeline)
        {
            if (matches.IsFull) break;
            if (read++ == MaxEvents) return (matches, true);
            if (!TryAdd(matches, row, known)) isIncomplete = true;
        }

        return (matches, isIncomplete);
    }

    private static void Add(SearchMatches matches, ConversationSummary conversation, Names known)
    {
        matches.Add(FoundIn.CustomerName, known.OfCustomer(conversation.CustomerId));
        matches.Add(FoundIn.AssigneeName, known.OfAssignee(conversation.AssignedTo));
        matches.Add(FoundIn.Subject, conversation.Subject);
        matches.AddId(FoundIn.ConversationId, conversation.ConversationId);
        matches.AddId(FoundIn.CustomerId, conversation.CustomerId);
        matches.AddId(FoundIn.AssigneeId, conversation.AssignedTo);
    }

    private static bool TryAdd(SearchMatches matches, TableEntity stored, Names known)
    {
        try
        {
            return DamagedRowException.Guard(stored, row =>
            {
                Add(matches, row, known);
                return row.GetBoolean(Column.BodyTruncated) is not true;
            });
        }
        catch (DamagedRowException)
        {
            return false;
        }
    }

    private static void Add(SearchMatches matches, TableEntity row, Names known)
    {
        var (actorType, actorId, at) = (
            row.GetString(Column.ActorType), row.GetString(Column.ActorId), row.RequiredTime(Column.At));
        if (row.GetText(Column.Body) is { } body)
        {
            var isNote = ItemKind.From(row.Required(Column.EventName), row.GetString(Column.Kind)) is ItemKind.Note;
            matches.AddBody(body, excerpt => new FoundPlace(isNote ? FoundIn.Note : FoundIn.Message, excerpt)
            {
                At = at,
                ActorType = actorType,
                ActorId = actorId,
            });
            matches.Add(FoundIn.AuthorName, known.OfActor(actorType, actorId));
            matches.AddId(FoundIn.AuthorId, actorId);
        }

        matches.AddId(FoundIn.ItemId, row.Required(Column.ItemId));
    }
}

/// <summary>What the search of one conversation gave.</summary>
/// <param name="RowKey">The key of its recent row.</param>
/// <param name="LastItemAt">Its last activity; null if the row is damaged.</param>
internal sealed record SearchedConversation(string RowKey, DateTimeOffset? LastItemAt)
{
    /// <summary>Null if it does not have the whole query.</summary>
    public FoundConversation? Found { get; init; }

    /// <summary>Whether something of it could not be searched.</summary>
    public bool IsIncomplete { get; init; }
}
