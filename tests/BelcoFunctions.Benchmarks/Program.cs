using System.CommandLine;
using BelcoFunctions.Benchmarks;
using BelcoFunctions.Benchmarks.Serving;
using BelcoFunctions.Cli.Output;

var command = RunCommand.Create();
command.Subcommands.Add(TableCommand.Create());
command.Subcommands.Add(KestrelCommand.Create());
try
{
    // The measured processes must end before this program does, and Azurite may take ten seconds to save.
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    });
}
catch (Exception exception)
    when (exception is CommandException or IOException or UnauthorizedAccessException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception is OperationCanceledException ? "Stopped." : exception.Message);
    return 1;
}
