using System.CommandLine;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Commands;

/// <summary>What the commands that look into a serve have in common.</summary>
internal static class OperatorOptions
{
    public static Option<string> Data() => HostOptions.Data("The data folder of belco serve.");

    public static Option<string?> Storage() => new("--storage")
    {
        Description = $"The storage account, where belco serve was given one, or the Functions app's: {LocalStorage.Forms}.",
    };

    /// <summary>The queues of a serve, running or not.</summary>
    /// <exception cref="LocalHostException">There are none.</exception>
    public static SqliteConnection OpenQueues(string dataFolder) =>
        File.Exists(Path.Combine(dataFolder, QueueDatabase.FileName))
            ? QueueDatabase.Open(dataFolder, create: false)
            : throw new LocalHostException(
                $"The folder {Path.GetFullPath(dataFolder)} has no queues; name the data folder of belco serve with --data.");
}
