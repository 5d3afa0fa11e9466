namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>A folder that goes when it is no longer needed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-benchmarks-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
