using System.IO.Compression;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The workflow that releases a tag, as far as it can be tested outside GitHub.</summary>
public sealed class ReleaseTests : IDisposable
{
    private static readonly JsonNode Release = Workflow.Read("release");

    // What the Functions host reads, as the Functions SDK publishes it.
    private static readonly string[] Files =
    [
        ".azurefunctions/function.deps.json", "extensions.json", "functions.metadata", "host.json", "worker.config.json",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-release-");
    private readonly DirectoryInfo app;

    public ReleaseTests()
    {
        app = folder.CreateSubdirectory("app");
        app.CreateSubdirectory(".azurefunctions");
        foreach (var file in Files) File.WriteAllText(Path.Combine(app.FullName, file), "{}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_pushed_tag_is_released_after_everything_that_ci_checks()
    {
        Assert.Equal("""{"push":{"tags":["v*"]}}""", Release["on"]!.ToJsonString());
        Assert.Equal([".github/release-notes.sh \"$GITHUB_REF_NAME\""], Workflow.Runs(Release["jobs"]!["notes"]!));
        Assert.Equal("./.github/workflows/ci.yml", (string)Release["jobs"]!["tests"]!["uses"]!);
        Assert.True(Workflow.Read("ci")["on"]!.AsObject().ContainsKey("workflow_call"));
        Assert.Equal("notes", (string)Release["jobs"]!["tests"]!["needs"]!);
        Assert.Equal("tests", (string)Release["jobs"]!["release"]!["needs"]!);
    }

    [Fact]
    public void Only_the_job_that_releases_may_write_and_it_needs_no_secret()
    {
        Assert.Equal("""{"contents":"read"}""", Release["permissions"]!.ToJsonString());
        Assert.Equal(
            ["""release: {"contents":"write"}"""],
            Release["jobs"]!.AsObject().Where(job => job.Value!["permissions"] is not null)
                .Select(job => $"{job.Key}: {job.Value!["permissions"]!.ToJsonString()}"));
        Assert.DoesNotContain("secrets.", Release.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_and_the_app_are_built_with_the_Service_Bus_extension_that_is_deployed()
    {
        Assert.Equal("""{"ServiceBusExtension":"package"}""", Release["env"]!.ToJsonString());
        Assert.Equal(
            ["dotnet pack src/BelcoFunctions.Cli", "dotnet publish src/BelcoFunctions --output artifacts/app"],
            Workflow.Runs(Release["jobs"]!["release"]!).Where(run => run.StartsWith("dotnet ", StringComparison.Ordinal)));
    }

    [ShellFact("zip")]
    public async Task The_zip_has_the_hidden_folder_of_the_host()
    {
        var (exitCode, _, errors) = await ZipAsync();

        Assert.Equal((0, ""), (exitCode, errors));
        using var zip = ZipFile.OpenRead(Path.Combine(folder.FullName, "belco-functions-1.2.3.zip"));
        Assert.Equal(
            Files, zip.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith('/')).Order(StringComparer.Ordinal));
    }

    [ShellFact("zip")]
    public async Task An_app_without_a_file_that_the_host_reads_is_not_released()
    {
        Directory.Delete(Path.Combine(app.FullName, ".azurefunctions"), recursive: true);
        Assert.Equal((1, "", "The published app has no .azurefunctions.\n"), await ZipAsync());

        File.Delete(Path.Combine(app.FullName, "host.json"));
        Assert.Equal((1, "", "The published app has no host.json.\n"), await ZipAsync());
        Assert.Empty(folder.EnumerateFiles());
    }

    private Task<(int ExitCode, string Output, string Errors)> ZipAsync()
    {
        var step = Assert.Single(Workflow.Steps(Release), step => step["working-directory"] is not null);
        return Workflow.RunAsync((string)step["run"]!, app.FullName, ("GITHUB_REF_NAME", "v1.2.3"));
    }
}
