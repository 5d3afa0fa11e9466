using System.Diagnostics;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>The paths of an installed Azurite and of the Node.js that runs it.</summary>
internal sealed record AzuriteInstallation(string Node, string Launcher)
{
    public static bool NodeIsInstalled => NodePrograms.OnPath().HasNode;

    /// <summary>Installs Azurite into this user's cache, if it is not installed yet.</summary>
    /// <param name="progress">Gets one line before a download, and one if Node.js is old.</param>
    /// <exception cref="CommandException">Node.js or npm is missing or fails, or the cache cannot be written.</exception>
    public static Task<AzuriteInstallation> EnsureAsync(Action<string> progress, CancellationToken cancellationToken) =>
        AzuriteInstaller.ForCurrentUser().EnsureAsync(progress, cancellationToken);

    /// <summary>Runs all three services on the loopback address until standard input is closed.</summary>
    public ProcessStartInfo ToStartInfo(string dataFolder, AzuritePorts ports)
    {
        var startInfo = new ProcessStartInfo(Node,
        [
            Launcher, "--disableTelemetry", "--skipApiVersionCheck", "--silent", "--location", Path.GetFullPath(dataFolder),
            "--blobHost", "127.0.0.1", "--blobPort", $"{ports.Blob}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{ports.Queue}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{ports.Table}",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A user may have set these for another Azurite.
        startInfo.Environment.Remove("AZURITE_ACCOUNTS");
        startInfo.Environment.Remove("AZURITE_DB");
        return startInfo;
    }
}

/// <summary>The ports of the three services. 0 chooses a free port.</summary>
internal readonly record struct AzuritePorts(int Blob, int Queue, int Table);
