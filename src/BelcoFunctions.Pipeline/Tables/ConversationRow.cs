using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation's two rows: its current state, and the recent row. The recent row is a copy of the state for the list
/// of conversations; its key keeps the list in order.</summary>
internal static class ConversationRow
{
    private const string LastItemVersion = "LastItemVersion";

    /// <summary>The conversation's row. If nothing of it is left, the row is a tombstone: the ids, and what was erased.</summary>
    public static TableEntity ToEntity(ConversationState state, Erasure? erasure = null)
    {
        var row = new TableEntity(TableKeys.Escape(state.ShopId), TableKeys.Conversation(state.ConversationId));
        ErasureColumns.Set(row, erasure);
        if (erasure is not null && state.LastItem is null)
        {
            row.Set("ShopId", state.ShopId);
            row.Set("ConversationId", state.ConversationId);
            row.Set("SchemaVersion", RowValues.SchemaVersion);
            return row;
        }

        SetColumns(row, state);
        if (state.LastItem is { } lastItem) row[LastItemVersion] = VersionText.Write(lastItem);
        SetVersion(row, "Status", state.Status);
        SetVersion(row, "AssignedTo", state.AssignedTo);
        SetVersion(row, "OrganizationId", state.OrganizationId);
        SetVersion(row, "CustomerId", state.CustomerId);
        SetVersion(row, "Channel", state.Channel);
        SetVersion(row, "Type", state.Type);
        SetVersion(row, "FirstItemId", state.FirstItemId);
        SetVersion(row, "CreatedAt", state.CreatedAt);
        if (state.LastMessage is { } lastMessage) row["LastMessageVersion"] = VersionText.Write(lastMessage.Position);
        return row;
    }

    /// <summary>The conversation's row in the list. Its key changes with the last item.</summary>
    public static TableEntity ToRecentEntity(ConversationState state)
    {
        var row = new TableEntity(TableKeys.Escape(state.ShopId), RecentKey(state));
        SetColumns(row, state);
        return row;
    }

    public static string RecentKey(ConversationState state) =>
        TableKeys.Recent(state.LastItem!.Value.CreatedAt, state.ConversationId);

    public static ConversationState FromEntity(TableEntity row) => new(row.Required("ShopId"), row.Required("ConversationId"))
    {
        Status = GetRegister(row, "Status"),
        AssignedTo = GetRegister(row, "AssignedTo"),
        OrganizationId = GetRegister(row, "OrganizationId"),
        CustomerId = GetRegister(row, "CustomerId"),
        Channel = GetRegister(row, "Channel"),
        Type = GetRegister(row, "Type"),
        FirstItemId = GetRegister(row, "FirstItemId"),
        CreatedAt = new(row.GetDateTimeOffset("CreatedAt"), GetVersion(row, "CreatedAt")),
        LastItem = LastItem(row),
        LastMessage = VersionText.ReadPosition(row.GetString("LastMessageVersion")) is { } position
            ? new LastMessage(row.GetString("LastMessage"), position)
            {
                Attachments = row.GetInt32("LastMessageAttachments") ?? 0,
                AttachmentName = row.GetString("LastMessageAttachmentName"),
            } : null,
        LastClosedAt = row.GetDateTimeOffset("LastClosedAt"),
        FirstCustomerMessageAt = row.GetDateTimeOffset("FirstCustomerMessageAt"),
        FirstAgentMessageAt = row.GetDateTimeOffset("FirstAgentMessageAt"),
        CustomerMessages = row.GetInt32("CustomerMessages") ?? 0,
        AgentMessages = row.GetInt32("AgentMessages") ?? 0,
        Notes = row.GetInt32("Notes") ?? 0,
        Assignments = row.GetInt32("Assignments") ?? 0,
        Closes = row.GetInt32("Closes") ?? 0,
        Reopens = row.GetInt32("Reopens") ?? 0,
        Events = row.GetInt32("Events") ?? 0,
    };

    private static void SetColumns(TableEntity row, ConversationState state)
    {
        row.Set("ShopId", state.ShopId);
        row.Set("ConversationId", state.ConversationId);
        row.Set("OrganizationId", state.OrganizationId.Value);
        row.Set("CustomerId", state.CustomerId.Value);
        row.Set("Channel", state.Channel.Value);
        row.Set("Type", state.Type.Value);
        row.Set("Status", state.Status.Value);
        SetOrigin(row, "Status", state.Status.Version);
        row.Set("AssignedTo", state.AssignedTo.Value);
        SetOrigin(row, "AssignedTo", state.AssignedTo.Version);
        row.Set("FirstItemId", state.FirstItemId.Value);
        row.Set("CreatedAt", state.CreatedAt.Value);
        row.Set("LastItemId", state.LastItem?.ItemId);
        row.Set("LastItemAt", state.LastItem?.CreatedAt);
        row.Set("LastClosedAt", state.LastClosedAt);
        row.Set("FirstCustomerMessageAt", state.FirstCustomerMessageAt);
        row.Set("FirstAgentMessageAt", state.FirstAgentMessageAt);
        row.Set("LastMessage", state.LastMessage?.Text);
        row.Set("LastMessageAttachments", state.LastMessage?.Attachments);
        row.Set("LastMessageAttachmentName", state.LastMessage?.AttachmentName);
        row.Set("CustomerMessages", state.CustomerMessages);
        row.Set("AgentMessages", state.AgentMessages);
        row.Set("Notes", state.Notes);
        row.Set("Assignments", state.Assignments);
        row.Set("Closes", state.Closes);
        row.Set("Reopens", state.Reopens);
        row.Set("Events", state.Events);
        row.Set("SchemaVersion", RowValues.SchemaVersion);
    }

    /// <summary>Whether nothing is left of the conversation.</summary>
    public static bool IsTombstone(TableEntity row) =>
        row.ContainsKey(ErasureColumns.Through) && !row.ContainsKey("Events");

    /// <summary>The conversation's last item, which says where its row in the list is.</summary>
    public static ItemPosition? LastItem(TableEntity row) => VersionText.ReadPosition(row.GetString(LastItemVersion));

    private static void SetOrigin(TableEntity row, string column, RegisterVersion? version)
    {
        if (version is not { } held) return;
        row[column + "AsOf"] = held.AsOf;
        row[column + "Source"] = VersionText.Write(held.Source);
    }

    private static void SetVersion<T>(TableEntity row, string column, Register<T> register)
    {
        if (register.Version is { } version) row[column + "Version"] = VersionText.Write(version);
    }

    private static RegisterVersion? GetVersion(TableEntity row, string column) =>
        VersionText.ReadVersion(row.GetString(column + "Version"));

    private static Register<string> GetRegister(TableEntity row, string column) =>
        new(row.GetString(column), GetVersion(row, column));
}
