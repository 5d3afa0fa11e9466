using System.Diagnostics;
using System.Reflection;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The real compiler.</summary>
internal static class Bicep
{
    private static readonly string Compiler = typeof(Bicep).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "BicepPath").Value!;

    /// <summary>Runs the compiler, and fails if it reports anything: an error, a warning or a hint.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var (exitCode, output, errors) = RunToEnd(folder, environment, arguments);
        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        return output;
    }

    /// <summary>Runs the compiler on a file that it must refuse.</summary>
    /// <returns>Its messages.</returns>
    public static string Fail(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (exitCode, _, errors) = RunToEnd(folder, environment, arguments);
        Assert.NotEqual(0, exitCode);
        return errors;
    }

    private static (int ExitCode, string Output, string Errors) RunToEnd(
        string folder, IReadOnlyDictionary<string, string>? environment, string[] arguments)
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
        return (process.ExitCode, output, errors.Result);
    }
}
