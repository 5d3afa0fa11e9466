using System.CommandLine;
using BelcoFunctions.Local;
using BelcoFunctions.Local.Commands;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Data.Sqlite;

var command = new RootCommand("""
    Keeps Belco's conversations in your own tables: receives webhooks, queues them and projects them, all on this machine.

    Examples:
      belco demo                    posts Belco's six sample events and shows the conversation they make
      belco serve                   receives webhooks on http://localhost:7071/api/webhooks/belco until Ctrl+C
      belco send ./webhooks         posts the *.json files of a folder
      belco status                  shows what waits in the queues of a running serve
    """)
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    SendCommand.Create(),
    SubscribeCommand.Create(),
    StatusCommand.Create(),
    DeadLettersCommand.Create(),
    RedriveCommand.Create(),
    UnprojectedCommand.Create(),
    ReplayCommand.Create(),
    RebuildCommand.Create(),
};

try
{
    // The runtime's own handler would print a stack trace. A shutdown may take as long as Azurite needs to save.
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    });
}
catch (Exception exception) when (Sentence(exception) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}

static string? Sentence(Exception exception) => exception switch
{
    LocalHostException or SettingsException or StoreUnavailableException or StoreRejectedException => exception.Message,
    SqliteException => $"The queue file cannot be used: {exception.Message}",
    // A full disk, or standard output that somebody closed.
    IOException or UnauthorizedAccessException => exception.Message,
    OperationCanceledException => "Stopped.",
    _ => null,
};
