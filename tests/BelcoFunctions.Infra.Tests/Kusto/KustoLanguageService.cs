using System.Security.Cryptography;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>Microsoft's own parser and checker of KQL: a pinned npm package, installed once into the user's cache.</summary>
internal static class KustoLanguageService
{
    private static readonly string[] NpmArguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    private static readonly string[] Files = ["package.json", "package-lock.json"];

    /// <summary>The checker's own files, beside the test.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "Kusto");

    /// <summary>The reason why nothing can be checked, or null.</summary>
    public static string? ReasonToSkip => NodePrograms.OnPath().HasNode ? null : "Node.js, which checks KQL, is not installed.";

    /// <exception cref="CommandException">Node.js or npm is missing or fails.</exception>
    public static async Task<(string Node, string Folder)> EnsureAsync()
    {
        if (ReasonToSkip is { } reason) throw new CommandException(reason);
        var programs = NodePrograms.OnPath();
        var node = await programs.FindNodeAsync(_ => { }, CancellationToken.None);
        var folder = Path.Combine(UserCache.Folder, $"kusto-language-service-{Hash()[..12]}");
        if (!Directory.Exists(folder)) await InstallAsync(programs.FindNpm(), folder);
        return (node, folder);
    }

    private static async Task InstallAsync(string npm, string folder)
    {
        Directory.CreateDirectory(UserCache.Folder);
        using var staging = new StagingFolder(folder);
        foreach (var name in Files) File.Copy(Path.Combine(Source, name), Path.Combine(staging.Path, name));
        Console.Error.WriteLine("Installing the Kusto language service (31 MB on disk, once per user) …");
        var run = await ProgramRun.RunToEndAsync(npm, NpmArguments, staging.Path, CancellationToken.None);
        if (run.ExitCode != 0)
        {
            throw new CommandException($"npm could not install the Kusto language service: {run.LastErrorLine}");
        }

        staging.Complete();
    }

    // The folder's name has this hash. Other files get another folder, so an installation never needs an update.
    private static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Files) hash.AppendData(File.ReadAllBytes(Path.Combine(Source, name)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
