namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>A message as a receiver gets it, with its lock.</summary>
internal sealed record LockedMessage(Guid LockToken, string? MessageId, byte[] Encoded);
