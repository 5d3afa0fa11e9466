using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The row of one item, with the bytes that Belco sent.</summary>
internal static class TimelineRow
{
    public static TableEntity ToEntity(BelcoEvent e, DateTimeOffset receivedAt, string? payloadBlob)
    {
        var item = e.Item;
        var row = new TableEntity(TableKeys.Escape(e.ShopId), TableKeys.Timeline(e.Identity));
        row.Set(Column.ShopId, e.ShopId);
        row.Set(Column.ConversationId, e.Conversation.Id);
        row.Set(Column.ItemId, item.Id);
        row.Set(Column.At, item.CreatedAt);
        row.Set(Column.Kind, item.Type);
        row.Set(Column.EventName, e.EventName);
        if (!e.IsImported)
        {
            row.Set(Column.RequestId, e.RequestId);
            row.Set(Column.EventDate, e.Date);
        }

        row.Set(Column.ReceivedAt, receivedAt);
        row.Set(Column.ActorType, item.ActorType);
        row.Set(Column.ActorId, item.ActorId);
        if (row.SetText(Column.Body, item.Body)) row[Column.BodyTruncated] = true;
        row.Set(Column.Via, item.Via);
        // Half a JSON array is useless. Attachments that do not fit are only in the raw event.
        if (item.Attachments?.Length > TableLimits.TextLength) row[Column.AttachmentsTruncated] = true;
        else row.SetText(Column.Attachments, item.Attachments);
        row.Set(Column.PageUrl, item.PageUrl);
        row.Set(Column.PageTitle, item.PageTitle);
        row.Set(Column.PageReferrer, item.PageReferrer);
        row.Set(Column.AssignedTo, item.AssignedTo);
        row.Set(Column.PreviousAssignee, item.PreviousAssignee);
        row.Set(Column.PreviousStatus, item.PreviousStatus);
        row.Set(Column.ViaApi, item.ViaApi);
        row.Set(Column.UpdatedAt, item.UpdatedAt);
        row.Set(Column.IgnoredFields, item.IgnoredFields);
        RawEvent.Set(row, e.Raw, payloadBlob);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }
}
