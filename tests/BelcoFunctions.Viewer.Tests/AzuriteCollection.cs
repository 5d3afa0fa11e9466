namespace BelcoFunctions.Viewer.Tests;

[CollectionDefinition(SharedAzurite.Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
