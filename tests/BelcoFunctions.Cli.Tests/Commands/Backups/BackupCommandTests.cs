using Azure.Data.Tables;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Commands.Backups;

/// <summary>Moves an archive from a serve to another storage account.</summary>
public sealed class BackupCommandTests(RunningServe serve, AzuriteFixture target)
    : IClassFixture<RunningServe>, IClassFixture<AzuriteFixture>, IDisposable
{
    private const string ShopId = "moved";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public async Task An_archive_moves_to_another_account_although_each_command_is_killed_at_random_points()
    {
        foreach (var name in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(name, ShopId));
        await serve.PostAsync(RunningServe.Large(ShopId));
        await serve.PostAsync("""{"requestId":"request","eventName":"contact.created"}"""u8.ToArray());
        await serve.WaitForConversationAsync(ShopId, PayloadFiles.Names.Count + 1);
        await serve.WaitUntilQueuesAreEmptyAsync();
        string[] backup = ["backup", "--output", folder["backup"], "--data", serve.DataFolder];
        string[] restore = ["restore", folder["backup"], "--storage", target.ConnectionString];

        await KillAsync(backup, () => File.Exists(Path.Combine(folder["backup"], "manifest.json")));
        if (!File.Exists(Path.Combine(folder["backup"], "manifest.json")))
        {
            var written = await BelcoProgram.RunAsync(backup);
            Assert.True(written.ExitCode == 0, written.Error);
            Assert.Matches(@"^Wrote \d+ rows of conversations, 1 unprojected event and 1 payload to ", written.Output);
        }

        const UnixFileMode fileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(fileMode | UnixFileMode.UserExecute, ModeOf(folder["backup"]));
        Assert.All(Directory.GetFiles(folder["backup"]), file => Assert.Equal(fileMode, ModeOf(file)));
        (await BelcoProgram.RunAsync(backup)).AssertError("has a complete backup");

        var check = await BelcoProgram.RunAsync([.. restore, "--dry-run"]);
        Assert.True(check.ExitCode == 0, check.Error);
        Assert.Contains($"is a backup of belco serve, {serve.DataFolder}, begun at ", check.Output, StringComparison.Ordinal);

        await KillAsync(restore, () => false);
        var restored = await BelcoProgram.RunAsync(restore);
        if (restored.ExitCode != 0) restored.AssertError("The archive is not empty.");
        else Assert.Contains("Erase again everyone who was erased since.", restored.Output, StringComparison.Ordinal);
        Assert.Equal(await ContentsAsync(serve.Storage), await ContentsAsync(Target));
        (await BelcoProgram.RunAsync(restore)).AssertError("The archive is not empty.");
    }

    [AzuriteFact]
    public async Task A_folder_that_is_no_backup_is_a_sentence()
    {
        (await serve.FailAsync("restore", folder["none"])).AssertError("There is no folder");
        await File.WriteAllTextAsync(folder["mine\u001b[2J"], "mine");
        var result = await serve.FailAsync("backup", "--output", folder.Path);
        result.AssertError("has something else: mine\uFFFD[2J. Choose a new folder.");
        (await serve.FailAsync("backup")).AssertError("--output");
    }

    private PipelineStorage Target => PipelineStorage.FromConnectionString(target.ConnectionString);

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    /// <summary>Runs a command some times, and kills it after a random time.</summary>
    private static async Task KillAsync(string[] command, Func<bool> isDone)
    {
        var random = new Random(27);
        for (var kill = 0; kill < 5 && !isDone(); kill++)
        {
            using var process = BelcoProgram.Start(command);
            await Task.Delay(random.Next(300, 1_200));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task<List<string>> ContentsAsync(PipelineStorage storage) =>
    [
        .. (await storage.Conversations.Client.QueryAsync<TableEntity>().ToListAsync()).Select(TestTable.ToText)
            .Order(StringComparer.Ordinal),
        .. (await storage.UnprojectedEvents.QueryAsync<TableEntity>().ToListAsync()).Select(TestTable.ToText),
        .. await storage.Payloads.GetBlobsAsync().Select(blob => blob.Name).ToListAsync(),
    ];
}
