using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The items of one conversation that have a row, and the ids that its webhooks name.</summary>
internal sealed class ArchivedItems
{
    private readonly Dictionary<ItemIdentity, ConversationItem> items = [];
    private readonly HashSet<(string Id, string Kind)> ids = [];
    private readonly HashSet<string> named = new(StringComparer.Ordinal);

    public bool IsEmpty => items.Count == 0;

    /// <summary>The ids of items that webhooks told of, or named as the first or the last one.</summary>
    public IReadOnlySet<string> NamedByWebhooks => named;

    /// <summary>Reads the rows. A row that cannot be read counts as missing: the writer finds it.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public static async Task<ArchivedItems> ReadAsync(ConversationTable table, PayloadReader payloads,
        string shopId, string conversationId, CancellationToken cancellationToken)
    {
        var archived = new ArchivedItems();
        await foreach (var row in table.ReadTimelineAsync(shopId, conversationId, after: null, cancellationToken))
        {
            if (RawEvent.TryRead(row) is not { } raw) continue;
            if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body) continue;
            if (EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e }) archived.Add(e);
        }

        return archived;
    }

    public void Add(BelcoEvent e)
    {
        items[e.Identity] = e.Item;
        ids.Add((e.Item.Id, e.Kind));
        if (e.IsImported) return;
        named.Add(e.Item.Id);
        using var json = JsonDocument.Parse(EventReader.WithoutByteOrderMark(e.Raw));
        var snapshot = ApiObject.From(json.RootElement, "webhook", new FieldNotes())?.Object("payload")?.Object("conversation");
        if (snapshot?.Id("firstItemId").Value is { } first) named.Add(first);
        if (snapshot?.Id("lastItemId").Value is { } last) named.Add(last);
    }

    public ArchivedItem Compare(BelcoEvent e)
    {
        if (!items.TryGetValue(e.Identity, out var item))
        {
            return ids.Contains((e.Item.Id, e.Kind)) ? ArchivedItem.AtAnotherMoment : ArchivedItem.None;
        }

        return ItemContent.IsSame(item, e.Item) ? ArchivedItem.Same : ArchivedItem.Changed;
    }
}

/// <summary>How an item of the API compares with the archive.</summary>
internal enum ArchivedItem
{
    /// <summary>It has no row.</summary>
    None,

    /// <summary>It has a row that says the same.</summary>
    Same,

    /// <summary>It has a row that says something else.</summary>
    Changed,

    /// <summary>An item with its id and kind has a row, but with another <c>createdAt</c>.</summary>
    AtAnotherMoment,
}
