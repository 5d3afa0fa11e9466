namespace BelcoFunctions.Pipeline.Tests;

[CollectionDefinition(SharedAzurite.Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
