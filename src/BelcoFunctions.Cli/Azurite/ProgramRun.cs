using System.ComponentModel;
using System.Diagnostics;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>The exit code and the output of a program that has ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public string LastErrorLine => Error
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault($"exit code {ExitCode}");

    /// <exception cref="CommandException">The program cannot be started.</exception>
    public static async Task<ProgramRun> RunToEndAsync(
        string program, IEnumerable<string> arguments, string? workingDirectory, CancellationToken cancellationToken)
    {
        using var process = Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return new(process.ExitCode, await output, await error);
    }

    /// <exception cref="CommandException">The program cannot be started.</exception>
    public static Process Start(ProcessStartInfo startInfo)
    {
        try
        {
            return Process.Start(startInfo)!;
        }
        catch (Win32Exception e)
        {
            throw new CommandException(
                $"{startInfo.FileName} cannot be started: {e.Message.TrimEnd('.')}. Check its installation.", e);
        }
    }
}
