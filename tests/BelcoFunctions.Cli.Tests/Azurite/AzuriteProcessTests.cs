using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Azurite;

public sealed partial class AzuriteProcessTests : IDisposable
{
    /// <summary>Starts the program in its argument, and prints its output.</summary>
    private const string Parent = """
        const [program, ...args] = JSON.parse(process.argv[1]);
        const child = require("node:child_process").spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
        child.stdout.pipe(process.stdout);
        """;

    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [AzuriteFact]
    public async Task Written_data_survives_a_restart()
    {
        await using (var azurite = await StartAsync())
        {
            await WriteAsync(azurite.ConnectionString);
        }

        await AssertWrittenAsync();
    }

    [AzuriteFact]
    public async Task Disposing_ends_the_process_and_frees_its_ports()
    {
        var azurite = await StartAsync();
        using var process = Process.GetProcessById(azurite.Id);

        await azurite.DisposeAsync();

        Assert.True(process.HasExited);
        Assert.True(azurite.Exited.IsCompletedSuccessfully);
        Assert.All(Ports(azurite), AssertRefused);
    }

    [AzuriteFact]
    public async Task Two_run_side_by_side_on_different_ports()
    {
        await using var one = await StartAsync("one");
        await using var other = await StartAsync("other");

        Assert.Equal(6, Ports(one).Union(Ports(other)).Count());
    }

    [AzuriteFact]
    public async Task A_killed_Azurite_is_noticed()
    {
        await using var azurite = await StartAsync();
        using var process = Process.GetProcessById(azurite.Id);
        Assert.False(azurite.Exited.IsCompleted);

        process.Kill();

        await azurite.Exited.WaitAsync(TestTimeout.Limit);
    }

    [UnixFact]
    public async Task Signals_from_the_terminal_do_not_end_it()
    {
        await using var azurite = await StartAsync();

        foreach (var signal in new[] { "INT", "INT", "QUIT", "HUP" })
        {
            await SendAsync(signal, azurite.Id);
            await WriteAsync(azurite.ConnectionString);
        }

        Assert.False(azurite.Exited.IsCompleted);
    }

    [UnixFact]
    public async Task SIGTERM_ends_it_with_its_data_saved()
    {
        await using (var azurite = await StartAsync())
        {
            await WriteAsync(azurite.ConnectionString);

            await SendAsync("TERM", azurite.Id);

            await azurite.Exited.WaitAsync(TestTimeout.Limit);
        }

        await AssertWrittenAsync();
    }

    [AzuriteFact]
    public async Task The_death_of_its_parent_ends_it_with_its_data_saved()
    {
        var installation = await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);
        var start = installation.ToStartInfo(data["azurite"], default);
        string[] words = [start.FileName, .. start.ArgumentList];
        using var parent = Process.Start(new ProcessStartInfo(start.FileName, ["-e", Parent, JsonSerializer.Serialize(words)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var addresses = new AzuriteAddresses();
        while (!addresses.AreComplete) addresses.Read((await parent.StandardOutput.ReadLineAsync())!);
        await WriteAsync(addresses.ConnectionString);

        parent.Kill();

        // Azurite shares this stream with its parent: it ends when both have ended.
        await parent.StandardError.ReadToEndAsync().WaitAsync(TestTimeout.Limit);
        await AssertWrittenAsync();
    }

    [AzuriteFact]
    public async Task The_reason_for_a_failed_start_is_reported()
    {
        await File.WriteAllTextAsync(data["file"], "");

        var failure = await Assert.ThrowsAsync<CommandException>(() => StartAsync(Path.Combine("file", "data")));

        Assert.StartsWith("Azurite could not start: ", failure.Message);
        Assert.Contains(data["file"], failure.Message);
    }

    private async Task<AzuriteProcess> StartAsync(string folder = "azurite")
    {
        var installation = await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);
        return await AzuriteProcess.StartAsync(installation, data[folder], CancellationToken.None);
    }

    private static async Task WriteAsync(string connectionString)
    {
        var table = new TableClient(connectionString, "things");
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity("partition", "row"));
    }

    private async Task AssertWrittenAsync()
    {
        await using var azurite = await StartAsync();
        var table = new TableClient(azurite.ConnectionString, "things");
        var row = await table.GetEntityIfExistsAsync<TableEntity>("partition", "row");

        Assert.True(row.HasValue);
    }

    private static async Task SendAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private static IEnumerable<int> Ports(AzuriteProcess azurite) =>
        from port in PortPattern().Matches(azurite.ConnectionString) select int.Parse(port.ValueSpan);

    private static void AssertRefused(int port)
    {
        using var client = new TcpClient();
        var failure = Assert.Throws<SocketException>(() => client.Connect("127.0.0.1", port));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [GeneratedRegex(@"(?<=http://127\.0\.0\.1:)\d+")]
    private static partial Regex PortPattern();
}
