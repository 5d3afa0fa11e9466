namespace BelcoFunctions.Reporting.Tests;

[CollectionDefinition(SharedAzurite.Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
