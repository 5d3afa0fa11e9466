using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Removes completed events from the queue file after the host has stopped, if the storage account has saved their
/// rows.</summary>
/// <param name="dataFolder">The folder of the file.</param>
/// <param name="isSaved">Tells whether the rows are saved. It is called after Azurite has ended.</param>
/// <param name="progress">Gets a line if it fails.</param>
internal sealed class LastCleaning(string dataFolder, Func<bool> isSaved, Action<string> progress) : IDisposable
{
    public void Dispose()
    {
        if (!isSaved() || !File.Exists(Path.Combine(dataFolder, QueueDatabase.FileName))) return;
        try
        {
            using var queues = QueueDatabase.Open(dataFolder, create: false);
            queues.InTransaction(() =>
            {
                queues.Execute("DELETE FROM messages WHERE completed_at IS NOT NULL");
                LocalPayloads.Purge(queues, before: long.MaxValue);
            });
            QueueDatabase.Compact(queues);
        }
        catch (Exception exception) when (exception is SqliteException or CommandException)
        {
            progress($"Completed events are still in the queue file, until belco serve is started again: {exception.Message}");
        }
    }
}
