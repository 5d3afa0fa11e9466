using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>Node.js and npm, as found on a search path.</summary>
/// <param name="searchPath">Folders, as in the PATH variable. Relative ones are ignored.</param>
internal sealed partial class NodePrograms(string? searchPath)
{
    /// <summary>The oldest version that Azurite 3.37.0 declares to support.</summary>
    private const int NeededVersion = 22;

    /// <summary>The oldest version that Azurite 3.37.0 runs on in practice.</summary>
    private const int OldestVersion = 20;

    private const string Advice =
        "Install Node.js 22 or later from https://nodejs.org, or use another storage account with --storage.";

    private readonly string? node = Find(searchPath, OperatingSystem.IsWindows() ? "node.exe" : "node");

    public static NodePrograms OnPath() => new(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Whether there is a Node.js, of any version.</summary>
    [MemberNotNullWhen(true, nameof(node))]
    public bool HasNode => node is not null;

    /// <exception cref="CommandException">npm is not on the path.</exception>
    public string FindNpm() => Find(searchPath, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        ?? throw new CommandException($"npm is not on the PATH, and belco needs it once, to install Azurite. {Advice}");

    /// <param name="progress">Gets one line if Node.js is older than Azurite declares, but can probably still run it.</param>
    /// <param name="cancellationToken">Ends the check of the version.</param>
    /// <exception cref="CommandException">Node.js is not on the path, is too old, or does not run.</exception>
    public async Task<string> FindNodeAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (!HasNode) throw new CommandException($"node is not on the PATH, and Azurite needs Node.js. {Advice}");

        var answer = await ProgramRun.RunToEndAsync(node, ["--version"], workingDirectory: null, cancellationToken);
        var version = VersionPattern().Match(answer.Output);
        if (!version.Success)
        {
            throw new CommandException($"{node} did not print its version: {answer.LastErrorLine.TrimEnd('.')}. {Advice}");
        }

        var major = int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture);
        var isOld = $"{node} is {answer.Output.Trim()}, and Azurite needs Node.js {NeededVersion} or later.";
        if (major < OldestVersion) throw new CommandException($"{isOld} {Advice}");
        if (major < NeededVersion) progress($"{isOld} belco uses it anyway.");
        return node;
    }

    private static string? Find(string? searchPath, string program) => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    [GeneratedRegex(@"^v(?<major>\d{1,4})\.")]
    private static partial Regex VersionPattern();
}
