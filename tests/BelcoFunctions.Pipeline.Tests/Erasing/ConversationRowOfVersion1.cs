using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>How version 1 reads a conversation's row: a copy of its code. An app of that version may run beside an erasure. Its
/// projector delivers an event again, and after ten times makes it a dead letter, if this throws an exception.</summary>
internal static class ConversationRowOfVersion1
{
    public static ConversationState FromEntity(TableEntity row) => new(row.GetString("ShopId"), row.GetString("ConversationId"))
    {
        Status = GetRegister(row, "Status"),
        AssignedTo = GetRegister(row, "AssignedTo"),
        OrganizationId = GetRegister(row, "OrganizationId"),
        CustomerId = GetRegister(row, "CustomerId"),
        Channel = GetRegister(row, "Channel"),
        Type = GetRegister(row, "Type"),
        FirstItemId = GetRegister(row, "FirstItemId"),
        CreatedAt = new(row.GetDateTimeOffset("CreatedAt"), GetVersion(row, "CreatedAt")),
        LastItem = VersionText.ReadPosition(row.GetString("LastItemVersion")),
        LastMessage = VersionText.ReadPosition(row.GetString("LastMessageVersion")) is { } position
            ? new LastMessage(row.GetString("LastMessage"), position) : null,
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

    private static RegisterVersion? GetVersion(TableEntity row, string column) =>
        VersionText.ReadVersion(row.GetString(column + "Version"));

    private static Register<string> GetRegister(TableEntity row, string column) =>
        new(row.GetString(column), GetVersion(row, column));
}
