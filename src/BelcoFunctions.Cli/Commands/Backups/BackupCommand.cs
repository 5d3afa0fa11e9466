using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Backups;

/// <summary><c>belco backup</c></summary>
internal static class BackupCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.StorageToRead());
        var output = TextOption.Create("--output", "A new folder, or the folder of an interrupted backup.", "folder");
        output.Required = true;
        var command = new BelcoCommand(
            "backup", "Write every row and every payload to a folder.",
            example: "belco backup --output belco-backup",
            details: "Webhooks may keep arriving while it runs. If it is stopped, run it again: it continues where it stopped.\n"
                + "The folder has customers' messages: keep it as private as the archive. The archive is not changed.\n"
                + "Not in it: events that wait in a queue, and dead letters.")
        { output, data, storage };
        command.SetAction((parsed, cancellationToken) => BackupAsync(
            parsed.GetValue(output)!, parsed.GetValue(data)!, parsed.GetValue(storage), cancellationToken));
        return command;
    }

    private static async Task<int> BackupAsync(
        string folder, string data, string? storage, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: true, cancellationToken);
        var archive = storage is null ? $"belco serve, {Path.GetFullPath(data)}" : AddressOf(services);
        var backup = services.GetRequiredService<Backup>();
        using var progress = new BackupProgressLine(Console.Error, TimeProvider.System);
        try
        {
            var manifest = await StoppedRun.ExplainAsync(
                "backup", () => backup.RunAsync(folder, archive, progress, cancellationToken), cancellationToken);
            Console.WriteLine($"Wrote {BackupText.Contents(manifest)} to {folder}.");
            if (manifest.MissingPayloads > 0)
            {
                await Console.Error.WriteLineAsync(
                    $"Not in the backup: {CountText.Format(manifest.MissingPayloads, "payload")} whose blobs are missing or "
                    + "damaged. The rows that name them are in it.");
            }

            return 0;
        }
        catch (Exception exception) when (NewFile.IsFailure(exception))
        {
            throw NewFile.NotWritable(folder, exception);
        }
    }

    // Without the query, which may have a shared access signature.
    private static string AddressOf(IServiceProvider services) =>
        services.GetRequiredService<PipelineStorage>().Conversations.Client.Uri.GetLeftPart(UriPartial.Path);
}
