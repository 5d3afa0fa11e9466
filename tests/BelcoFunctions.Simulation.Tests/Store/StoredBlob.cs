namespace BelcoFunctions.Simulation.Tests.Store;

internal sealed record StoredBlob(string Name, byte[] Content, DateTimeOffset StoredAt, ulong Hash);
