using System.Diagnostics;
using System.Reflection;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The real compiler.</summary>
internal static class Bicep
{
    private static readonly string Compiler = typeof(Bicep).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "BicepPath").Value!;

    /// <summary>Runs the compiler, and fails on whatever it reports: an error, a warning, a hint.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static string Run(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors.Result);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
