namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>Tests that keep the machine busy. They run one at a time with their own Azurite, in parallel to the other
/// tests.</summary>
[CollectionDefinition(Name)]
public sealed class LoadedMachine : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Loaded machine";
}
