using System.CommandLine;
using BelcoFunctions.Benchmarks;
using BelcoFunctions.Benchmarks.Reporting;
using BelcoFunctions.Local;

var command = RunCommand.Create();
command.Subcommands.Add(TableCommand.Create());
try
{
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is LocalHostException or IOException or UnauthorizedAccessException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(exception is OperationCanceledException ? "Stopped." : exception.Message);
    return 1;
}
