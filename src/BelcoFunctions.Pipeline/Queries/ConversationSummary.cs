using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The state of a conversation: the values of <see cref="RowColumns.Conversation"/>, in the same order. The read API
/// writes each public property, so a new one is a new field of its answers.</summary>
public sealed record ConversationSummary(string ShopId, string ConversationId)
{
    public string? OrganizationId { get; init; }
    public string? CustomerId { get; init; }
    public string? Channel { get; init; }
    public string? Type { get; init; }

    public string? Status { get; init; }
    public DateTimeOffset? StatusAsOf { get; init; }

    /// <summary><c>event</c> or <c>snapshot</c>.</summary>
    public string? StatusSource { get; init; }

    public string? AssignedTo { get; init; }
    public DateTimeOffset? AssignedToAsOf { get; init; }
    public string? AssignedToSource { get; init; }

    public string? FirstItemId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public string? Subject { get; init; }
    public string? LastItemId { get; init; }
    public DateTimeOffset LastItemAt { get; init; }
    public DateTimeOffset? LastClosedAt { get; init; }
    public DateTimeOffset? FirstCustomerMessageAt { get; init; }
    public DateTimeOffset? FirstAgentMessageAt { get; init; }
    public DateTimeOffset? LastCustomerMessageAt { get; init; }
    public DateTimeOffset? LastAgentMessageAt { get; init; }
    public string? LastMessage { get; init; }

    /// <summary>Null if there is no message yet.</summary>
    public int? LastMessageAttachments { get; init; }

    public string? LastMessageAttachmentName { get; init; }

    public int CustomerMessages { get; init; }
    public int AgentMessages { get; init; }
    public int Notes { get; init; }
    public int Assignments { get; init; }
    public int Closes { get; init; }
    public int Reopens { get; init; }
    public int Events { get; init; }

    /// <summary>Everything of the conversation up to this moment is erased; null if nothing is.</summary>
    internal DateTimeOffset? ErasedThrough { get; init; }

    /// <summary>How long the customer waited for the first message of an agent; null if the customer did not write
    /// first.</summary>
    public double? FirstResponseSeconds => SecondsBetween(FirstCustomerMessageAt, FirstAgentMessageAt);

    /// <summary>Since when the customer has waited for an answer; null if nobody waits.</summary>
    public DateTimeOffset? WaitingSince() => WaitingForAnswer.Since(Status, LastCustomerMessageAt, LastAgentMessageAt);

    internal static double? SecondsBetween(DateTimeOffset? asked, DateTimeOffset? answered) =>
        answered - asked is { Ticks: > 0 } wait ? wait.TotalSeconds : null;

    /// <exception cref="DamagedRowException"/>
    internal static ConversationSummary Read(TableEntity stored) => DamagedRowException.Guard(stored, row =>
        new ConversationSummary(row.Required(Column.ShopId), row.Required(Column.ConversationId))
        {
            OrganizationId = row.GetString(Column.OrganizationId),
            CustomerId = row.GetString(Column.CustomerId),
            Channel = row.GetString(Column.Channel),
            Type = row.GetString(Column.Type),
            Status = row.GetString(Column.Status),
            StatusAsOf = row.GetDateTimeOffset(Column.StatusAsOf),
            StatusSource = row.GetString(Column.StatusSource),
            AssignedTo = row.GetString(Column.AssignedTo),
            AssignedToAsOf = row.GetDateTimeOffset(Column.AssignedToAsOf),
            AssignedToSource = row.GetString(Column.AssignedToSource),
            FirstItemId = row.GetString(Column.FirstItemId),
            CreatedAt = row.GetDateTimeOffset(Column.CreatedAt),
            Subject = row.GetString(Column.Subject),
            LastItemId = row.GetString(Column.LastItemId),
            LastItemAt = row.RequiredTime(Column.LastItemAt),
            LastClosedAt = row.GetDateTimeOffset(Column.LastClosedAt),
            FirstCustomerMessageAt = row.GetDateTimeOffset(Column.FirstCustomerMessageAt),
            FirstAgentMessageAt = row.GetDateTimeOffset(Column.FirstAgentMessageAt),
            LastCustomerMessageAt = row.GetDateTimeOffset(Column.LastCustomerMessageAt),
            LastAgentMessageAt = row.GetDateTimeOffset(Column.LastAgentMessageAt),
            LastMessage = row.GetString(Column.LastMessage),
            LastMessageAttachments = row.GetInt32(Column.LastMessageAttachments),
            LastMessageAttachmentName = row.GetString(Column.LastMessageAttachmentName),
            CustomerMessages = row.GetInt32(Column.CustomerMessages) ?? 0,
            AgentMessages = row.GetInt32(Column.AgentMessages) ?? 0,
            Notes = row.GetInt32(Column.Notes) ?? 0,
            Assignments = row.GetInt32(Column.Assignments) ?? 0,
            Closes = row.GetInt32(Column.Closes) ?? 0,
            Reopens = row.GetInt32(Column.Reopens) ?? 0,
            Events = row.GetInt32(Column.Events) ?? 0,
            ErasedThrough = row.GetDateTimeOffset(Column.ErasedThrough),
        });
}
