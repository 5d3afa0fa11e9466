using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation's two rows: its current state, and the recent row. The recent row is a copy of the state for the list
/// of conversations; its key keeps the list in order.</summary>
internal static class ConversationRow
{
    /// <summary>The conversation's row. If all of it was erased, the row is a tombstone: the ids, and what was
    /// erased.</summary>
    public static TableEntity ToEntity(ConversationState state, Erasure? erasure = null)
    {
        var row = new TableEntity(TableKeys.Escape(state.ShopId), TableKeys.Conversation(state.ConversationId));
        ErasureColumns.Set(row, erasure);
        if (erasure is not null && state.LastItem is null)
        {
            row.Set(Column.ShopId, state.ShopId);
            row.Set(Column.ConversationId, state.ConversationId);
            row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
            return row;
        }

        SetColumns(row, state);
        if (state.LastItem is { } lastItem) row[Column.LastItemVersion] = VersionText.Write(lastItem);
        SetVersion(row, Column.Status, state.Status);
        SetVersion(row, Column.AssignedTo, state.AssignedTo);
        SetVersion(row, Column.OrganizationId, state.OrganizationId);
        SetVersion(row, Column.CustomerId, state.CustomerId);
        SetVersion(row, Column.Channel, state.Channel);
        SetVersion(row, Column.Type, state.Type);
        SetVersion(row, Column.FirstItemId, state.FirstItemId);
        SetVersion(row, Column.CreatedAt, state.CreatedAt);
        SetVersion(row, Column.Subject, state.Subject);
        if (state.LastMessage is { } lastMessage) row[Column.LastMessageVersion] = VersionText.Write(lastMessage.Position);
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

    public static ConversationState FromEntity(TableEntity row) => new(
        row.Required(Column.ShopId), row.Required(Column.ConversationId))
    {
        Status = GetRegister(row, Column.Status),
        AssignedTo = GetRegister(row, Column.AssignedTo),
        OrganizationId = GetRegister(row, Column.OrganizationId),
        CustomerId = GetRegister(row, Column.CustomerId),
        Channel = GetRegister(row, Column.Channel),
        Type = GetRegister(row, Column.Type),
        FirstItemId = GetRegister(row, Column.FirstItemId),
        CreatedAt = new(row.GetDateTimeOffset(Column.CreatedAt), GetVersion(row, Column.CreatedAt)),
        Subject = GetRegister(row, Column.Subject),
        LastItem = LastItem(row),
        LastMessage = VersionText.ReadPosition(row.GetString(Column.LastMessageVersion)) is { } position
            ? new LastMessage(row.GetString(Column.LastMessage), position)
            {
                Attachments = row.GetInt32(Column.LastMessageAttachments) ?? 0,
                AttachmentName = row.GetString(Column.LastMessageAttachmentName),
            } : null,
        LastClosedAt = row.GetDateTimeOffset(Column.LastClosedAt),
        FirstCustomerMessageAt = row.GetDateTimeOffset(Column.FirstCustomerMessageAt),
        FirstAgentMessageAt = row.GetDateTimeOffset(Column.FirstAgentMessageAt),
        LastCustomerMessageAt = row.GetDateTimeOffset(Column.LastCustomerMessageAt),
        LastAgentMessageAt = row.GetDateTimeOffset(Column.LastAgentMessageAt),
        CustomerMessages = row.GetInt32(Column.CustomerMessages) ?? 0,
        AgentMessages = row.GetInt32(Column.AgentMessages) ?? 0,
        Notes = row.GetInt32(Column.Notes) ?? 0,
        Assignments = row.GetInt32(Column.Assignments) ?? 0,
        Closes = row.GetInt32(Column.Closes) ?? 0,
        Reopens = row.GetInt32(Column.Reopens) ?? 0,
        Events = row.GetInt32(Column.Events) ?? 0,
    };

    private static void SetColumns(TableEntity row, ConversationState state)
    {
        row.Set(Column.ShopId, state.ShopId);
        row.Set(Column.ConversationId, state.ConversationId);
        row.Set(Column.OrganizationId, state.OrganizationId.Value);
        row.Set(Column.CustomerId, state.CustomerId.Value);
        row.Set(Column.Channel, state.Channel.Value);
        row.Set(Column.Type, state.Type.Value);
        row.Set(Column.Status, state.Status.Value);
        row.Set(Column.StatusAsOf, state.Status.Version?.AsOf);
        row.Set(Column.StatusSource, Source(state.Status));
        row.Set(Column.AssignedTo, state.AssignedTo.Value);
        row.Set(Column.AssignedToAsOf, state.AssignedTo.Version?.AsOf);
        row.Set(Column.AssignedToSource, Source(state.AssignedTo));
        row.Set(Column.FirstItemId, state.FirstItemId.Value);
        row.Set(Column.CreatedAt, state.CreatedAt.Value);
        row.Set(Column.Subject, state.Subject.Value);
        row.Set(Column.LastItemId, state.LastItem?.ItemId);
        row.Set(Column.LastItemAt, state.LastItem?.CreatedAt);
        row.Set(Column.LastClosedAt, state.LastClosedAt);
        row.Set(Column.FirstCustomerMessageAt, state.FirstCustomerMessageAt);
        row.Set(Column.FirstAgentMessageAt, state.FirstAgentMessageAt);
        row.Set(Column.LastCustomerMessageAt, state.LastCustomerMessageAt);
        row.Set(Column.LastAgentMessageAt, state.LastAgentMessageAt);
        row.Set(Column.LastMessage, state.LastMessage?.Text);
        row.Set(Column.LastMessageAttachments, state.LastMessage?.Attachments);
        row.Set(Column.LastMessageAttachmentName, state.LastMessage?.AttachmentName);
        row.Set(Column.CustomerMessages, state.CustomerMessages);
        row.Set(Column.AgentMessages, state.AgentMessages);
        row.Set(Column.Notes, state.Notes);
        row.Set(Column.Assignments, state.Assignments);
        row.Set(Column.Closes, state.Closes);
        row.Set(Column.Reopens, state.Reopens);
        row.Set(Column.Events, state.Events);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
    }

    /// <summary>Whether all of the conversation was erased.</summary>
    public static bool IsTombstone(TableEntity row) =>
        row.ContainsKey(Column.ErasedThrough) && !row.ContainsKey(Column.Events);

    /// <summary>The conversation's last item, which gives the key of its row in the list.</summary>
    public static ItemPosition? LastItem(TableEntity row) => VersionText.ReadPosition(row.GetString(Column.LastItemVersion));

    private static string? Source(Register<string> register) =>
        register.Version is { } version ? VersionText.Write(version.Source) : null;

    private static void SetVersion<T>(TableEntity row, string column, Register<T> register)
    {
        if (register.Version is { } version) row[Column.VersionOf(column)] = VersionText.Write(version);
    }

    private static RegisterVersion? GetVersion(TableEntity row, string column) =>
        VersionText.ReadVersion(row.GetString(Column.VersionOf(column)));

    private static Register<string> GetRegister(TableEntity row, string column) =>
        new(row.GetString(column), GetVersion(row, column));
}
