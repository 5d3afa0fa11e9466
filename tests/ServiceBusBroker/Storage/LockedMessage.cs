namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>A message as it is delivered.</summary>
internal sealed record LockedMessage(Guid LockToken, string? MessageId, byte[] Encoded);
