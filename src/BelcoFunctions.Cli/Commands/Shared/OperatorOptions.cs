using System.CommandLine;
using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>The options that the commands for inspecting or repairing a <c>belco serve</c> have in common.</summary>
internal static class OperatorOptions
{
    public static Option<string> Data() => ServerOptions.Data("The data folder of belco serve.");

    /// <summary>The account, for a command that only reads it.</summary>
    public static Option<string?> StorageToRead() => Storage(DataRole.Reader.Needed + ".");

    /// <summary>The account, for a command that writes to it unless it has <c>--dry-run</c>.</summary>
    public static Option<string?> StorageToWrite() => Storage(
        $"{DataRole.Contributor.Needed}. With --dry-run, {DataRole.Reader.Roles} are enough.");

    public static Option<ListOutput.Format> Format() =>
        EnumOption.Create("--format", "Text for people, or JSON for programs.", ListOutput.Format.Text);

    public static Option<bool> DryRun(string description) => new("--dry-run") { Description = description };

    /// <summary>The greatest number of events to process; null for all.</summary>
    public static Option<int?> Limit(string description) => NumberOption.CreateOptional(
        "--limit", description, least: 1, greatest: int.MaxValue);

    /// <summary>Opens the queues of a <c>belco serve</c>. It may be running or stopped.</summary>
    /// <exception cref="CommandException">The folder has no queues.</exception>
    public static SqliteConnection OpenQueues(string dataFolder) =>
        HasQueues(dataFolder) ? QueueDatabase.Open(dataFolder, create: false) : throw HasNone(dataFolder);

    /// <summary>Opens the queues of a <c>belco serve</c> for a command that changes nothing.</summary>
    /// <exception cref="CommandException">The folder has no queues.</exception>
    public static SqliteConnection OpenQueuesToRead(string dataFolder) =>
        (HasQueues(dataFolder) ? QueueDatabase.OpenToRead(dataFolder) : null) ?? throw HasNone(dataFolder);

    private static bool HasQueues(string dataFolder) => File.Exists(Path.Combine(dataFolder, QueueDatabase.FileName));

    private static CommandException HasNone(string dataFolder) => new(
        $"The folder {Path.GetFullPath(dataFolder)} has no queues. Give the data folder of belco serve with --data.");

    private static Option<string?> Storage(string needed) => new("--storage")
    {
        Description = "The storage account of the Functions app, or the one that belco serve was given: "
            + $"{StorageAccount.AcceptedForms}. {needed}",
        HelpName = "account",
    };
}
