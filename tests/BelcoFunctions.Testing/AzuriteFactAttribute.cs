using BelcoFunctions.Cli.Azurite;

namespace BelcoFunctions.Testing;

/// <summary>A test that needs Azurite. Without Node.js it is skipped, unless BELCO_REQUIRE_AZURITE=1.</summary>
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = SharedAzurite.ReasonToSkip;
}

/// <summary>The same for a theory.</summary>
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = SharedAzurite.ReasonToSkip;
}

/// <summary>One Azurite for all tests of an assembly, on free ports.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("belco-tests-");
    private AzuriteProcess? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async Task InitializeAsync()
    {
        if (SharedAzurite.ReasonToSkip is not null) return;
        var installation = await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine, CancellationToken.None);
        azurite = await AzuriteProcess.StartAsync(installation, data.FullName, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
        data.Delete(recursive: true);
    }
}

/// <summary>The collection of the tests that share it. Each assembly that has such tests defines the collection: xUnit looks for
/// it nowhere else.</summary>
public static class SharedAzurite
{
    public const string Name = "Azurite";

    internal static string? ReasonToSkip { get; } =
        Environment.GetEnvironmentVariable("BELCO_REQUIRE_AZURITE") == "1" || AzuriteInstallation.NodeIsInstalled
            ? null : "Node.js, which Azurite needs, is not installed.";
}
