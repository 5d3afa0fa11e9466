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
        using var timeout = TestTimeout.Start();
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
