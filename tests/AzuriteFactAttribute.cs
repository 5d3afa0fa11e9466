using BelcoFunctions.Local.Storage;

namespace BelcoFunctions.Tests;

/// <summary>A test that needs Azurite. Without Node.js it is skipped, unless BELCO_REQUIRE_AZURITE=1.</summary>
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = Azurite.ReasonToSkip;
}

/// <summary>The same for a theory.</summary>
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = Azurite.ReasonToSkip;
}

/// <summary>One Azurite for all tests of an assembly, on free ports.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("belco-tests-");
    private AzuriteProcess? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async Task InitializeAsync()
    {
        if (Azurite.ReasonToSkip is not null) return;
        var installation = await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine, CancellationToken.None);
        azurite = await AzuriteProcess.StartAsync(installation, data.FullName, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
        data.Delete(recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class Azurite : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";

    internal static string? ReasonToSkip { get; } =
        Environment.GetEnvironmentVariable("BELCO_REQUIRE_AZURITE") == "1" || AzuriteInstallation.NodeIsInstalled
            ? null : "Node.js, which Azurite needs, is not installed.";
}
