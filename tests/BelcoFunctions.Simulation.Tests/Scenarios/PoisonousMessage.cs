using Azure.Messaging.ServiceBus;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>A message that is not an event, added by hand. It is never lost.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="Id">Its id. Several may have the same.</param>
/// <param name="Text">Its body.</param>
/// <param name="IsDead">Whether it is a dead letter at the start.</param>
internal sealed record PoisonousMessage(string Queue, string Id, string Text, bool IsDead)
{
    public ServiceBusMessage ToMessage() => new(Text) { MessageId = Id };
}
