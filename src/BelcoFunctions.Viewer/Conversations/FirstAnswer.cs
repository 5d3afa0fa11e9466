using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>How long a customer waited for the first answer.</summary>
internal abstract record FirstAnswer
{
    private FirstAnswer() { }

    /// <param name="After">From the first message of the customer to the first of an agent.</param>
    public sealed record Given(TimeSpan After) : FirstAnswer;

    /// <summary>The conversation is open, and no agent has written yet.</summary>
    public sealed record Awaited : FirstAnswer;

    /// <summary>The customer did not write first, or the conversation was closed without an answer.</summary>
    public sealed record None : FirstAnswer;

    public static FirstAnswer From(ConversationSummary conversation) => conversation switch
    {
        { FirstResponseSeconds: { } seconds } => new Given(TimeSpan.FromSeconds(seconds)),
        { FirstCustomerMessageAt: not null, AgentMessages: 0, Status: ConversationStatus.Open } => new Awaited(),
        _ => new None(),
    };
}
