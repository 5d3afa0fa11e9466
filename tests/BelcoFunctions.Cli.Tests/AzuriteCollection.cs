namespace BelcoFunctions.Cli.Tests;

[CollectionDefinition(SharedAzurite.Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
