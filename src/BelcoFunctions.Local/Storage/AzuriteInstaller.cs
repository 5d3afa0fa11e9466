using System.Text.Json;

namespace BelcoFunctions.Local.Storage;

/// <summary>Has npm install Azurite into a cache folder, once.</summary>
internal sealed class AzuriteInstaller(string cacheFolder, NodePrograms programs)
{
    private static readonly string[] NpmArguments =
        ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev", "--json"];

    /// <summary>What is installed; it exists only when it is complete.</summary>
    public string Folder { get; } = Path.Combine(cacheFolder, AzuritePackage.FolderName);

    public static AzuriteInstaller ForCurrentUser() => new(UserCache.Folder, NodePrograms.OnPath());

    /// <param name="progress">Gets one line when something has to be downloaded.</param>
    /// <exception cref="LocalHostException">Node.js or npm is missing or fails, or the cache cannot be written.</exception>
    public async Task<AzuriteInstallation> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var node = await programs.FindNodeAsync(cancellationToken);
        if (!Directory.Exists(Folder)) await InstallAsync(progress, cancellationToken);
        return new(node, Path.Combine(Folder, AzuritePackage.Launcher));
    }

    private async Task InstallAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var npm = programs.FindNpm();
        try
        {
            Directory.CreateDirectory(cacheFolder);
            using var staging = new StagingFolder(Folder);
            AzuritePackage.WriteTo(staging.Path);
            progress($"Installing Azurite {AzuritePackage.Version} "
                + "(about 30 MB to download, 365 MB on disk, once per user) …");
            var run = await ProgramRun.RunToEndAsync(npm, NpmArguments, staging.Path, cancellationToken);
            // Ctrl+C in a terminal reaches npm too.
            cancellationToken.ThrowIfCancellationRequested();
            if (run.ExitCode != 0) throw Failed(run);
            staging.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException(
                $"Azurite cannot be installed in {cacheFolder}: {e.Message.TrimEnd('.')}; "
                + "set XDG_CACHE_HOME to a folder that can be written.", e);
        }
    }

    private static LocalHostException Failed(ProgramRun npm) => new(
        $"npm could not install Azurite: {(Summary(npm.Output) ?? npm.LastErrorLine).TrimEnd('.')}; "
        + "mend that and start again, or give --storage <connection string>.");

    /// <remarks>With --json npm prints {"error":{"code","summary","detail"}}; its last error line names a log file.</remarks>
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
