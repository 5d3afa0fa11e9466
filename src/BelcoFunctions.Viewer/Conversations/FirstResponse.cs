using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>How long a customer waited for the first response.</summary>
internal abstract record FirstResponse
{
    private FirstResponse() { }

    /// <param name="After">From the first message of the customer to the first of an agent.</param>
    public sealed record Given(TimeSpan After) : FirstResponse;

    /// <summary>The conversation is open, and no agent has written yet.</summary>
    public sealed record Awaited : FirstResponse;

    /// <summary>The customer did not write first, or the conversation was closed without a response.</summary>
    public sealed record None : FirstResponse;

    public static FirstResponse From(ConversationSummary conversation) => conversation switch
    {
        { FirstResponseSeconds: { } seconds } => new Given(TimeSpan.FromSeconds(seconds)),
        { FirstCustomerMessageAt: not null, AgentMessages: 0, Status: ConversationStatus.Open } => new Awaited(),
        _ => new None(),
    };
}
