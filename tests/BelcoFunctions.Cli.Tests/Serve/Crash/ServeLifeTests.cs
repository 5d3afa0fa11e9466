namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>No process or file of serve outlives it, however it ends.</summary>
[Collection(LoadedMachine.Name)]
public sealed class ServeLifeTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_stop_request_also_stops_its_Azurite_and_it_exits_with_0(string signal)
    {
        await using var serve = await ServeProcess.StartUnderAsync(
            ServeProcess.WithDefaultSignals, ["--port", "0", "--data", data.Path]);
        var (azuriteId, file) = (serve.AzuriteId, ServeFile.Read(data.Path));

        Assert.Equal(0, await serve.EndAsync(signal));

        Assert.False(IsRunning(azuriteId));
        Assert.All(Ports(file), port => Assert.False(Listens(port)));
        Assert.False(File.Exists(data["serve.json"]));
        // If the Node.js of this machine is a little too old, a line about that comes first.
        var errors = (await serve.Errors).Trim().Split('\n');
        Assert.Equal("Starting Azurite …", errors[^1]);
        Assert.All(errors[..^1], line => Assert.EndsWith("belco uses it anyway.", line, StringComparison.Ordinal));
    }

    [LinuxTheory]
    [InlineData("KILL")]
    [InlineData("HUP")]
    public async Task No_Azurite_stays_running_after_a_kill_or_a_closed_terminal(string signal)
    {
        await using var serve = await ServeProcess.StartUnderAsync(
            ServeProcess.WithDefaultSignals, ["--port", "0", "--data", data.Path]);
        var (azuriteId, file) = (serve.AzuriteId, ServeFile.Read(data.Path));

        await serve.EndAsync(signal);

        await TestTimeout.UntilAsync(() => !IsRunning(azuriteId) && !Ports(file).Any(Listens));
        var status = await BelcoProgram.RunAsync(["status", "--data", data.Path]);
        status.AssertError("No belco serve runs with the data folder");
    }

    [AzuriteFact]
    public async Task Two_with_different_data_run_side_by_side()
    {
        await using var one = await ServeProcess.StartAsync(["--port", "0", "--data", data["one"]]);
        await using var other = await ServeProcess.StartAsync(["--port", "0", "--data", data["other"]]);

        Assert.Equal(8, Ports(ServeFile.Read(data["one"])).Union(Ports(ServeFile.Read(data["other"]))).Count());
        await AssertHealthyAsync(data["one"]);
        await AssertHealthyAsync(data["other"]);
    }

    [AzuriteFact]
    public async Task A_second_with_the_same_data_fails_and_leaves_the_first_alone()
    {
        string[] arguments = ["--port", "0", "--data", data.Path, "--storage", azurite.ConnectionString];
        await using var first = await ServeProcess.StartAsync(arguments);

        var second = await BelcoProgram.RunAsync(["serve", .. arguments]);

        second.AssertError($"Another belco is using the data folder {data.Path}");
        await AssertHealthyAsync(data.Path);
    }

    private static async Task AssertHealthyAsync(string folder)
    {
        using var http = new HttpClient { BaseAddress = ServeFile.Read(folder).Address };
        var health = await http.GetStringAsync(new Uri("api/health", UriKind.Relative));
        Assert.StartsWith("queue: ok\ntable: ok\n", health, StringComparison.Ordinal);
    }

    // A process whose parent has died may stay as a zombie, which has no command line.
    private static bool IsRunning(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Ports(ServeFile file) => file.Storage!.Split(';')
        .Where(part => part.Contains("Endpoint=", StringComparison.Ordinal))
        .Select(part => new Uri(part[(part.IndexOf('=') + 1)..]).Port)
        .Append(file.Address.Port);

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
