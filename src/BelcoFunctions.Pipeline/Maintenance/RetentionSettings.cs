namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>How long conversations are kept.</summary>
/// <param name="ClosedConversationDays">Days without an item after which a closed conversation is erased; null to keep
/// it.</param>
public sealed record RetentionSettings(int? ClosedConversationDays)
{
    /// <summary>The shortest retention. A customer who is not satisfied reopens a conversation within days.</summary>
    public const int MinDays = 30;
}
