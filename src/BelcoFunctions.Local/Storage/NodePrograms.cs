using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Local.Storage;

/// <summary>Node.js and npm as a search path has them.</summary>
/// <param name="searchPath">Folders as in the PATH variable; relative ones are passed over.</param>
internal sealed partial class NodePrograms(string? searchPath)
{
    /// <summary>Azurite 3.37.0 asks for Node.js 22 and runs on 20 too.</summary>
    private const int OldestVersion = 20;
    private const string Advice = "install Node.js 22 or later from https://nodejs.org, or give --storage <connection string>";

    private readonly string? node = Find(searchPath, OperatingSystem.IsWindows() ? "node.exe" : "node");

    public static NodePrograms OnPath() => new(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>There is a Node.js, of whatever version.</summary>
    [MemberNotNullWhen(true, nameof(node))]
    public bool HasNode => node is not null;

    /// <exception cref="LocalHostException">There is no npm.</exception>
    public string FindNpm() => Find(searchPath, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        ?? throw new LocalHostException($"Azurite needs npm once, and no npm is on the PATH: {Advice}.");

    /// <exception cref="LocalHostException">There is no Node.js, or it is too old or does not run.</exception>
    public async Task<string> FindNodeAsync(CancellationToken cancellationToken)
    {
        if (!HasNode) throw new LocalHostException($"Azurite needs Node.js, and no node is on the PATH: {Advice}.");

        var answer = await ProgramRun.RunToEndAsync(node, ["--version"], workingDirectory: null, cancellationToken);
        var version = VersionPattern().Match(answer.Output);
        if (!version.Success)
        {
            throw new LocalHostException($"{node} does not tell its version ({answer.LastErrorLine}): {Advice}.");
        }
        if (int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) < OldestVersion)
        {
            throw new LocalHostException(
                $"Azurite needs Node.js {OldestVersion} at least, and {node} is {answer.Output.Trim()}: {Advice}.");
        }
        return node;
    }

    private static string? Find(string? searchPath, string program) => (searchPath ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    [GeneratedRegex(@"^v(?<major>\d{1,4})\.")]
    private static partial Regex VersionPattern();
}
