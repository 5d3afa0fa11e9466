using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The published app: precompiled, so that an instance starts with less work (docs/performance.md).</summary>
public sealed class PublishedAppTests : IDisposable
{
    // How a file that is compiled for Linux marks its machine:
    // https://github.com/dotnet/runtime/blob/main/docs/design/coreclr/botr/readytorun-format.md
    private const int LinuxX64 = (int)Machine.Amd64 ^ 0x7B79;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-publish-");

    public void Dispose() => folder.Delete(recursive: true);

    // With the stand-in for the Service Bus extension; otherwise as azd and the workflow release publish it.
    [Fact]
    public async Task Each_assembly_is_compiled_for_Linux_and_the_runtime_is_not_included()
    {
        var output = Path.Combine(folder.FullName, "standin");
        var (exitCode, log) = await Dotnet.RunAsync("publish", "src/BelcoFunctions", "--output", output,
            "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-nodeReuse:false", "--nologo",
            "-p:UseSharedCompilation=false", "-p:ServiceBusExtension=standin", "-p:RunAnalyzers=false");
        Assert.True(exitCode == 0, log);

        string[] assemblies = [.. Directory.EnumerateFiles(output, "*.dll").Select(file => Path.GetFileName(file))];
        Assert.Superset(new HashSet<string> { "BelcoFunctions.dll", "BelcoFunctions.Pipeline.dll" }, assemblies.ToHashSet());
        Assert.All(assemblies, assembly => Assert.True(IsCompiledForLinux(Path.Combine(output, assembly)), assembly));
        Assert.DoesNotContain("System.Private.CoreLib.dll", assemblies);
    }

    private static bool IsCompiledForLinux(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        // A facade has only references to the types of other assemblies, so there is nothing to compile.
        if (reader.GetMetadataReader().MethodDefinitions.Count == 0) return true;
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0
            && (ushort)reader.PEHeaders.CoffHeader.Machine == LinuxX64;
    }
}
