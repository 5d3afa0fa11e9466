using System.Text.Json;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>An event in the timeline of a conversation: the values of <see cref="RowColumns.Timeline"/>, in the same
/// order. The read API writes each public property, so a new one is a new field of its answers.</summary>
public sealed record TimelineEntry
{
    public required string ShopId { get; init; }
    public required string ConversationId { get; init; }
    public required string ItemId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The item's type, in Belco's words.</summary>
    public string? Kind { get; init; }

    public required string EventName { get; init; }

    /// <summary>Null for an imported item.</summary>
    public string? RequestId { get; init; }

    /// <summary>Null for an imported item.</summary>
    public DateTimeOffset? EventDate { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    public string? ActorType { get; init; }
    public string? ActorId { get; init; }

    public string? Body { get; init; }

    /// <summary>Set only if the body is longer than a row takes. The raw event has all of it.</summary>
    public bool? BodyTruncated { get; init; }

    public string? Via { get; init; }

    /// <summary>A JSON array, as Belco sent it.</summary>
    public JsonElement? Attachments { get; init; }

    /// <summary>Set only if they are longer than a row takes. The raw event has them.</summary>
    public bool? AttachmentsTruncated { get; init; }

    public string? PageUrl { get; init; }
    public string? PageTitle { get; init; }
    public string? PageReferrer { get; init; }

    public string? AssignedTo { get; init; }
    public string? PreviousAssignee { get; init; }
    public string? PreviousStatus { get; init; }

    public bool? ViaApi { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The names of the fields that were ignored because Belco sent another type.</summary>
    public string? IgnoredFields { get; init; }

    /// <summary>The blob that has the raw event; null if the row has it.</summary>
    public string? RawBlob { get; init; }

    // Methods, because the read API would write properties.

    /// <summary>The item that the row is of.</summary>
    public ItemIdentity ToIdentity() => new(ShopId, ConversationId, At, ItemId, ToItemKind());

    /// <summary>One of <see cref="ItemKind"/>.</summary>
    public string ToItemKind() => ItemKind.From(EventName, Kind);

    /// <summary>The contact who did it; null if somebody else did.</summary>
    public string? ToContactId() => ConversationItem.SideOf(ActorType) is MessageSide.Customer ? ActorId : null;

    /// <exception cref="DamagedRowException"/>
    internal static TimelineEntry Read(TableEntity stored) => DamagedRowException.Guard(stored, row => new TimelineEntry
    {
        ShopId = row.Required(Column.ShopId),
        ConversationId = row.Required(Column.ConversationId),
        ItemId = row.Required(Column.ItemId),
        At = row.RequiredTime(Column.At),
        Kind = row.GetString(Column.Kind),
        EventName = row.Required(Column.EventName),
        RequestId = row.GetString(Column.RequestId),
        EventDate = row.GetDateTimeOffset(Column.EventDate),
        ReceivedAt = row.GetDateTimeOffset(Column.ReceivedAt),
        ActorType = row.GetString(Column.ActorType),
        ActorId = row.GetString(Column.ActorId),
        Body = row.GetText(Column.Body),
        BodyTruncated = row.GetBoolean(Column.BodyTruncated),
        Via = row.GetString(Column.Via),
        Attachments = row.GetText(Column.Attachments) is { } json ? JsonElement.Parse(json) : null,
        AttachmentsTruncated = row.GetBoolean(Column.AttachmentsTruncated),
        PageUrl = row.GetString(Column.PageUrl),
        PageTitle = row.GetString(Column.PageTitle),
        PageReferrer = row.GetString(Column.PageReferrer),
        AssignedTo = row.GetString(Column.AssignedTo),
        PreviousAssignee = row.GetString(Column.PreviousAssignee),
        PreviousStatus = row.GetString(Column.PreviousStatus),
        ViaApi = row.GetBoolean(Column.ViaApi),
        UpdatedAt = row.GetDateTimeOffset(Column.UpdatedAt),
        IgnoredFields = row.GetString(Column.IgnoredFields),
        RawBlob = row.GetString(Column.RawBlob),
    });
}
