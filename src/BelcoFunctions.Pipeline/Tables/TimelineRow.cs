using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The row of one event, with the bytes that Belco sent.</summary>
internal static class TimelineRow
{
    public static TableEntity ToEntity(BelcoEvent e, DateTimeOffset receivedAt, string? payloadBlob)
    {
        var item = e.Item;
        var row = new TableEntity(TableKeys.Escape(e.ShopId), TableKeys.Timeline(e.Identity));
        row.Set("ShopId", e.ShopId);
        row.Set("ConversationId", e.Conversation.Id);
        row.Set("ItemId", item.Id);
        row.Set("At", item.CreatedAt);
        row.Set("Kind", item.Type);
        row.Set("EventName", e.EventName);
        row.Set("RequestId", e.RequestId);
        row.Set("EventDate", e.Date);
        row.Set("ReceivedAt", receivedAt);
        row.Set("ActorType", item.ActorType);
        row.Set("ActorId", item.ActorId);
        if (row.SetText("Body", item.Body)) row["BodyTruncated"] = true;
        row.Set("Via", item.Via);
        // Half a JSON array is useless. Attachments that do not fit are only in the raw event.
        if (item.Attachments?.Length > TableLimits.TextLength) row["AttachmentsTruncated"] = true;
        else row.SetText("Attachments", item.Attachments);
        row.Set("PageUrl", item.PageUrl);
        row.Set("PageTitle", item.PageTitle);
        row.Set("PageReferrer", item.PageReferrer);
        row.Set("AssignedTo", item.AssignedTo);
        row.Set("PreviousAssignee", item.PreviousAssignee);
        row.Set("PreviousStatus", item.PreviousStatus);
        row.Set("ViaApi", item.ViaApi);
        row.Set("UpdatedAt", item.UpdatedAt);
        row.Set("IgnoredFields", item.IgnoredFields);
        RawEvent.Set(row, e.Raw, payloadBlob);
        row.Set("SchemaVersion", RowValues.SchemaVersion);
        return row;
    }
}
