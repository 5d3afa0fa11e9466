namespace BelcoFunctions.Simulation.Tests;

[CollectionDefinition(SharedAzurite.Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
