using System.Diagnostics;

namespace BelcoFunctions.Infra.Tests;

/// <summary>Commands of the .NET SDK, in the repository.</summary>
internal static class Dotnet
{
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = DocumentationPage.Repository.FullName,
            RedirectStandardOutput = true,
        };
        // GitHub's CI sets it for everything.
        start.Environment.Remove("ServiceBusExtension");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
