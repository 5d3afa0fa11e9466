namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>A conversation waits for an answer if it is open, and its customer wrote after the last message of an
/// agent.</summary>
public static class WaitingForAnswer
{
    /// <summary>The customer's last message; null if the conversation does not wait for an answer.</summary>
    public static DateTimeOffset? Since(
        string? status, DateTimeOffset? lastCustomerMessageAt, DateTimeOffset? lastAgentMessageAt) =>
        status is ConversationStatus.Open && !(lastAgentMessageAt >= lastCustomerMessageAt) ? lastCustomerMessageAt : null;
}
