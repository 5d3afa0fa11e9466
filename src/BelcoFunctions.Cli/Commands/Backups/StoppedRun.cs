using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Commands.Backups;

/// <summary>Says how to go on after a backup or a restore was stopped.</summary>
internal static class StoppedRun
{
    /// <param name="command">The command to run again.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="CommandException">The run was stopped, or the store was unavailable.</exception>
    public static async Task<T> ExplainAsync<T>(string command, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"Stopped. {Again(command)}");
        }
        catch (StoreUnavailableException exception) when (exception is not AnotherVersionException)
        {
            throw new CommandException($"{exception.Message} {Again(command)}", exception);
        }
    }

    private static string Again(string command) =>
        $"Run belco {command} again with the same folder: it continues where it stopped.";
}
