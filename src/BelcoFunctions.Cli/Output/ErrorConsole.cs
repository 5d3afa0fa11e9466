using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows progress on standard error: standard output has only the result, which may go to a file or another
/// program.</summary>
internal static class ErrorConsole
{
    public static IAnsiConsole Create() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
