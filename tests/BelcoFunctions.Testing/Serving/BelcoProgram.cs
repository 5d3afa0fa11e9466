using System.Diagnostics;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Testing.Serving;

/// <summary>The program as a user runs it, in its own process.</summary>
internal static class BelcoProgram
{
    /// <summary>The dotnet that runs the tests.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;

    /// <summary>Runs it to its end.</summary>
    public static async Task<ProgramResult> RunAsync(
        string[] arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        return await EndAsync(process, input);
    }

    /// <summary>Waits for the end of a program whose streams are redirected.</summary>
    public static async Task<ProgramResult> EndAsync(Process process, string? input = null)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var timeout = TestTimeout.Start();
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProgramResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it. The caller ends it.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartUnder([], arguments, environment);

    /// <summary>Starts it through a launcher, which prepares the process and then becomes the program.</summary>
    public static Process StartUnder(string[] launcher, string[] arguments, params (string Name, string Value)[] environment)
    {
        string[] words = [.. launcher, Dotnet, typeof(CommandException).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that it failed with a message for the user and without a stack trace.</summary>
    public void AssertError(string sentence)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(sentence, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error + Output, StringComparison.Ordinal);
    }
}
