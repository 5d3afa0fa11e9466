using System.Diagnostics;

namespace BelcoFunctions.Infra.Tests;

/// <summary>A workflow of the repository, and its steps as GitHub runs them.</summary>
internal static class Workflow
{
    /// <param name="name">The file's name, without the extension.</param>
    public static JsonNode Read(string name) => Yaml.Read($".github/workflows/{name}.yml");

    /// <summary>The steps of all jobs. A job that calls another workflow has none.</summary>
    public static IEnumerable<JsonNode> Steps(JsonNode workflow) => workflow["jobs"]!.AsObject()
        .SelectMany(job => job.Value!["steps"]?.AsArray() ?? []).Select(step => step!);

    public static IEnumerable<string> Runs(JsonNode job) =>
        job["steps"]!.AsArray().Select(step => ((string?)step!["run"])?.Trim()).OfType<string>();

    /// <summary>Runs the script that a step has under <c>run:</c>.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string run, string folder, params (string Name, string Value)[] variables)
    {
        // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
