using System.CommandLine;
using BelcoFunctions.Cli;
using BelcoFunctions.Cli.Commands;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Data.Sqlite;

FileSizeLimit.FailWrites();
try
{
    // The library's own handler would print a stack trace. The timeout gives Azurite time to save its data.
    return await BelcoCommandLine.RunAsync(args, new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    });
}
catch (Exception exception) when (Explain(exception) is { } message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}

static string? Explain(Exception exception) => exception switch
{
    CommandException or SettingsException or StoreUnavailableException or StoreRejectedException or DamagedRowException
        or BelcoApiException => exception.Message,
    // It may name files that somebody else put into the folder.
    BackupException => DisplayText.Clean(exception.Message),
    SqliteException => $"The queue file cannot be used: {exception.Message} Check the data folder and its disk.",
    // For example a full disk, or a closed standard output.
    IOException or UnauthorizedAccessException => exception.Message,
    OperationCanceledException => "Stopped.",
    _ => null,
};
