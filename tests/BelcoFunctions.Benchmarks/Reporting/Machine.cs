using System.Runtime.InteropServices;

namespace BelcoFunctions.Benchmarks.Reporting;

/// <summary>The machine on which the figures were measured.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGiB, string System, string Runtime)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    public static Machine Current { get; } = new(
        ReadProcessor(), Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(1024, 3), 1),
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}", RuntimeInformation.FrameworkDescription);

    public override string ToString() => $"{Processor}, {Cores} cores, {MemoryGiB} GiB, {System}, {Runtime}";

    private static string ReadProcessor() =>
        (File.Exists(LinuxProcessors) ? File.ReadLines(LinuxProcessors) : [])
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
}
