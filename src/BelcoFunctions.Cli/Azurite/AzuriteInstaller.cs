using System.Text.Json;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>Installs Azurite into a cache folder with npm, once.</summary>
internal sealed class AzuriteInstaller(string cacheFolder, NodePrograms programs)
{
    private static readonly string[] NpmArguments =
        ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev", "--json"];

    /// <summary>The folder of the installation. It exists only once the installation is complete.</summary>
    public string Folder { get; } = Path.Combine(cacheFolder, AzuritePackage.FolderName);

    public static AzuriteInstaller ForCurrentUser() => new(UserCache.Folder, NodePrograms.OnPath());

    /// <param name="progress">Gets one line before a download or before a wait for another process's download, and one line
    /// if Node.js is old.</param>
    /// <exception cref="CommandException">Node.js or npm is missing or fails, or the cache cannot be written.</exception>
    public async Task<AzuriteInstallation> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var node = await programs.FindNodeAsync(progress, cancellationToken);
        if (!Directory.Exists(Folder)) await InstallAsync(progress, cancellationToken);
        return new(node, Path.Combine(Folder, AzuritePackage.Launcher));
    }

    private async Task InstallAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var npm = programs.FindNpm();
        try
        {
            Directory.CreateDirectory(cacheFolder);
            using var installing = await InstallationLock.TakeAsync(
                Folder, () => progress("Another program is installing Azurite. Waiting for it …"), cancellationToken);
            if (Directory.Exists(Folder)) return;
            using var staging = new StagingFolder(Folder);
            AzuritePackage.WriteTo(staging.Path);
            progress($"Installing Azurite {AzuritePackage.Version}, the local storage account "
                + "(about 30 MB to download, 365 MB on disk, once per user) …");
            var run = await ProgramRun.RunToEndAsync(npm, NpmArguments, staging.Path, cancellationToken);
            // Ctrl+C in a terminal reaches npm too, and must not be reported as a failure of npm.
            cancellationToken.ThrowIfCancellationRequested();
            if (run.ExitCode != 0) throw Failed(run);
            staging.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"Azurite cannot be installed in {cacheFolder}: {e.Message.TrimEnd('.')}. "
                + "Set XDG_CACHE_HOME to a folder that you can write to.", e);
        }
    }

    private static CommandException Failed(ProgramRun npm) => new(
        $"npm could not install Azurite: {(Summary(npm.Output) ?? npm.LastErrorLine).TrimEnd('.')}. "
        + "Fix that and start again, or use another storage account with --storage.");

    /// <remarks>With --json, npm prints {"error":{"code","summary","detail"}}. The last line on standard error only names a
    /// log file.</remarks>
    private static string? Summary(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            return json.RootElement.GetProperty("error").GetProperty("summary").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
