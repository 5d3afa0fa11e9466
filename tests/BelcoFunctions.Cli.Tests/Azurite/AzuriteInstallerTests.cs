using System.Diagnostics;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Azurite;

[Collection("Installing Azurite")]
public sealed class AzuriteInstallerTests : IDisposable
{
    private readonly TemporaryFolder cache = new();
    private readonly TemporaryFolder programs = new();
    private readonly List<string> progress = [];

    public void Dispose()
    {
        cache.Dispose();
        programs.Dispose();
    }

    [AzuriteFact]
    public async Task A_finished_installation_is_used_without_a_message()
    {
        await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);

        await AzuriteInstallation.EnsureAsync(progress.Add, CancellationToken.None);

        Assert.DoesNotContain(progress, IsOfInstallation);
    }

    [UnixFact]
    public async Task The_next_installation_repairs_an_interrupted_one()
    {
        // The real npm has already installed Azurite for all tests. Another installation would take minutes, so this npm
        // copies it.
        await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);
        var packages = Path.Combine(AzuriteInstaller.ForCurrentUser().Folder, "node_modules");
        programs.AddProgram("npm", $"""[ "$1" = ci ] && [ -s package-lock.json ] && ln -s '{packages}' node_modules""");
        var installer = new AzuriteInstaller(cache.Path, new($"{programs.Path}:{SystemPath}"));
        var halfMade = Directory.CreateDirectory(installer.Folder + ".0.partial").FullName;
        await File.WriteAllTextAsync(Path.Combine(halfMade, "package.json"), "{");
        await File.WriteAllTextAsync(halfMade + ".lock", "");

        var installation = await installer.EnsureAsync(progress.Add, CancellationToken.None);
        await using var azurite = await AzuriteProcess.StartAsync(installation, programs["data"], CancellationToken.None);

        Assert.Equal([installer.Folder], Directory.EnumerateFileSystemEntries(cache.Path));
        Assert.Contains("365 MB on disk", Assert.Single(progress, IsOfInstallation));
    }

    [UnixFact]
    public async Task An_installation_waits_for_another_that_runs_at_the_same_time()
    {
        AddWorkingPrograms();
        programs.AddProgram("npm", $"echo run >> '{programs["npm.runs"]}'");
        var installer = new AzuriteInstaller(cache.Path, new(programs.Path));
        var underWay = new TaskCompletionSource();
        using var mayGoOn = new ManualResetEventSlim();
        var first = Task.Run(() => installer.EnsureAsync(
            _ =>
            {
                underWay.SetResult();
                mayGoOn.Wait();
            },
            CancellationToken.None));
        await underWay.Task;
        var waits = new TaskCompletionSource<string>();
        var second = installer.EnsureAsync(waits.SetResult, CancellationToken.None);

        Assert.Equal("Another program is installing Azurite. Waiting for it …", await waits.Task);
        mayGoOn.Set();

        Assert.Equal(await first, await second);
        Assert.Single(await File.ReadAllLinesAsync(programs["npm.runs"]));
        Assert.Equal([installer.Folder], Directory.EnumerateFileSystemEntries(cache.Path));
    }

    [UnixFact]
    public async Task A_cancelled_installation_leaves_no_file_and_no_process()
    {
        AddWorkingPrograms();
        programs.AddProgram("npm", $"echo $$ > '{programs["npm.id"]}'; exec sleep 600");
        var installer = new AzuriteInstaller(cache.Path, new($"{programs.Path}:{SystemPath}"));
        using var cancellation = new CancellationTokenSource();

        var installing = installer.EnsureAsync(progress.Add, cancellation.Token);
        int npm;
        while (!File.Exists(programs["npm.id"]) || !int.TryParse(await File.ReadAllTextAsync(programs["npm.id"]), out npm))
        {
            Assert.False(installing.IsCompleted);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => installing);

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(npm));
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache.Path));
    }

    [Fact]
    public async Task A_missing_Node_is_an_error() =>
        Assert.StartsWith("node is not on the PATH, and Azurite needs Node.js. Install", await FailureAsync());

    [UnixFact]
    public async Task A_missing_npm_is_an_error()
    {
        programs.AddProgram("node", "echo v22.1.0");

        Assert.StartsWith("npm is not on the PATH, and belco needs it once, to install Azurite. Install", await FailureAsync());
    }

    [UnixTheory]
    [InlineData("echo v18.20.4", "node is v18.20.4, and Azurite needs Node.js 22 or later. Install Node.js 22 or later from")]
    [InlineData("echo 'GLIBC_2.28 not found' >&2; exit 1", "did not print its version: GLIBC_2.28 not found. Install")]
    public async Task A_Node_that_is_too_old_or_does_not_run_is_an_error(string node, string sentence)
    {
        programs.AddProgram("node", node);

        Assert.Contains(sentence, await FailureAsync());
    }

    [UnixTheory]
    [InlineData("v20.20.2", true)]
    [InlineData("v21.7.3", true)]
    [InlineData("v22.0.0", false)]
    [InlineData("v24.1.0", false)]
    public async Task A_Node_that_is_a_little_too_old_causes_one_line_and_is_used(string version, bool isOld)
    {
        programs.AddProgram("node", $"echo {version}");
        programs.AddProgram("npm", "exit 0");
        var installer = new AzuriteInstaller(cache.Path, new(programs.Path));

        await installer.EnsureAsync(_ => { }, CancellationToken.None);
        await installer.EnsureAsync(progress.Add, CancellationToken.None);

        Assert.Equal(
            isOld ? [$"{programs["node"]} is {version}, and Azurite needs Node.js 22 or later. belco uses it anyway."] : [],
            progress);
    }

    [UnixFact]
    public async Task The_error_of_npm_is_reported()
    {
        var npm = NodePrograms.OnPath().FindNpm();
        programs.AddProgram("npm", $"""
            export npm_config_registry=http://127.0.0.1:1/ npm_config_fetch_retries=0 npm_config_cache="$PWD/npm-cache"
            exec '{npm}' "$@"
            """);

        var failure = await FailureAsync($"{programs.Path}:{SystemPath}");

        Assert.Contains("connect ECONNREFUSED 127.0.0.1:1. Fix that", failure);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache.Path));
    }

    [UnixFact]
    public async Task The_last_line_of_an_npm_that_fails_without_JSON_is_reported()
    {
        AddWorkingPrograms();
        programs.AddProgram("npm", "echo 'npm error no space left on device' >&2; exit 1");

        Assert.Contains("npm error no space left on device. Fix that", await FailureAsync());
    }

    [UnixFact]
    public async Task A_cache_that_cannot_be_written_is_an_error()
    {
        AddWorkingPrograms();

        Assert.EndsWith("Set XDG_CACHE_HOME to a folder that you can write to.",
            await FailureAsync(cacheFolder: Path.Combine(programs["npm"], "belco")));
    }

    // The Node.js of this machine may be a little too old.
    private static bool IsOfInstallation(string line) => !line.EndsWith("belco uses it anyway.", StringComparison.Ordinal);

    private static string? SystemPath => Environment.GetEnvironmentVariable("PATH");

    private void AddWorkingPrograms()
    {
        programs.AddProgram("node", "echo v22.1.0");
        programs.AddProgram("npm", "exit 0");
    }

    private async Task<string> FailureAsync(string? searchPath = null, string? cacheFolder = null)
    {
        var installer = new AzuriteInstaller(cacheFolder ?? cache.Path, new(searchPath ?? programs.Path));

        var failure = await Assert.ThrowsAsync<CommandException>(
            () => installer.EnsureAsync(progress.Add, CancellationToken.None));
        return failure.Message;
    }
}
