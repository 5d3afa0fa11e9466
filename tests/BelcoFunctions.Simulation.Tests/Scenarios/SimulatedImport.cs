using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>What import read of a conversation from Belco's API.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Second">When it was read.</param>
internal sealed record SimulatedImport(string Conversation, int Second)
{
    /// <summary>The items that the API has.</summary>
    public IReadOnlyList<SimulatedEvent> Items
    {
        get;
        init => field = [.. value.Select(e => e with { ReadSecond = Second, Customer = null, Assignee = null })];
    } = [];

    /// <summary>The customer that the API names; null if it names none.</summary>
    public string? Customer { get; init; }

    /// <summary>The assigned agent; null says that nobody is assigned.</summary>
    public string? Assignee { get; init; }

    public string Status { get; init; } = "open";

    /// <summary>When the conversation was created, by the API.</summary>
    public int Created { get; init; }

    /// <summary>The subject, which nothing may contain after a part of the conversation is erased.</summary>
    public string Subject => $"subject-{Conversation}-{Second}-end";

    public DateTimeOffset ReadAt => SimulatedEvent.Start.AddSeconds(Second);

    public ConversationReading Reading => new()
    {
        Status = new(Status, ReadAt),
        AssignedTo = new(Assignee, ReadAt),
        CustomerId = Customer is null ? null : new(Customer, ReadAt),
        CreatedAt = new(SimulatedEvent.Start.AddSeconds(Created), ReadAt),
        Subject = new(Subject, ReadAt),
    };
}
