using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Backups;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Backups;

/// <summary><c>belco restore</c></summary>
internal static class RestoreCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.StorageToWrite());
        var folder = new Argument<string>("folder") { Description = "The folder that belco backup wrote." };
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                result.AddError("The folder is empty. Give the folder that belco backup wrote.");
        });
        var dryRun = OperatorOptions.DryRun("Check the backup, and that the archive is empty. Write nothing.");
        var command = new BelcoCommand(
            "restore", "Write a backup to an empty archive.",
            example: "belco restore belco-backup --dry-run",
            details: "Nothing else may write to the archive meanwhile. If it is stopped, run it again: it continues.\n"
                + "Then erase again everyone who was erased after the backup began: docs/privacy.md says how.")
        { folder, dryRun, data, storage };
        command.SetAction((parsed, cancellationToken) => RestoreAsync(
            parsed.GetValue(folder)!, parsed.GetValue(dryRun), parsed.GetValue(data)!, parsed.GetValue(storage),
            cancellationToken));
        return command;
    }

    private static async Task<int> RestoreAsync(
        string folder, bool dryRun, string data, string? storage, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: dryRun, cancellationToken);
        var restore = services.GetRequiredService<Restore>();
        using var progress = new BackupProgressLine(Console.Error, TimeProvider.System);
        if (dryRun)
        {
            Console.WriteLine($"{folder} is a backup of {DisplayText.Clean(Describe(
                await restore.CheckAsync(folder, progress, cancellationToken)))}. It can be restored into this archive.");
            return 0;
        }

        var restored = await StoppedRun.ExplainAsync(
            "restore", () => restore.RunAsync(folder, progress, cancellationToken), cancellationToken);
        Console.WriteLine($"Restored {BackupText.Contents(restored.Manifest)}.");
        if (restored.Changed > 0)
        {
            Console.WriteLine($"Rebuilt {CountText.Format(restored.Changed, "conversation")}, because the rows were written at "
                + "different times.");
        }

        Console.WriteLine($"The backup began at {restored.Manifest.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. "
            + "Erase again everyone who was erased since.");
        foreach (var failure in restored.Failures) Console.WriteLine(DisplayText.Clean(failure));
        var errors = string.Join(' ', Errors(restored));
        return errors.Length == 0 ? 0 : throw new CommandException(errors);
    }

    private static IEnumerable<string> Errors(RestoreReceipt restored)
    {
        if (restored.Failures.Count > 0)
        {
            yield return $"Not rebuilt: {CountText.Format(restored.Failures.Count, "conversation")}. "
                + "The lines above say why.";
        }

        if (restored.Remaining.Count > 0)
        {
            yield return $"{CountText.Format(restored.Remaining.Count, "row")} may have erased data, and could not be erased. "
                + $"{DamagedRows.Sentence(restored.Remaining)} docs/privacy.md says what to do: see What remains.";
        }
    }

    private static string Describe(BackupManifest manifest) =>
        $"{manifest.Archive}, begun at {manifest.StartedAt:yyyy-MM-dd HH:mm:ss} UTC: {BackupText.Contents(manifest)}";
}
