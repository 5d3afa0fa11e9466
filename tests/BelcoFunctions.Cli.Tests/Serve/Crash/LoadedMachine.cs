namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>Tests that keep the machine busy: one at a time, with an Azurite of their own, beside the other tests.</summary>
[CollectionDefinition(Name)]
public sealed class LoadedMachine : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Loaded machine";
}
