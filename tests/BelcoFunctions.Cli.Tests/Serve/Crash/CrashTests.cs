using System.Globalization;
using BelcoFunctions.Cli.Azurite;

namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>Kills processes at random moments while events arrive. The simulation already stops serve between any two
/// commits, so these tests only add real processes, files and sockets: an ordinary run kills serve four times.
/// <c>BELCO_KILLS=200 dotnet test --filter CrashTests</c> kills more often.</summary>
[Collection(LoadedMachine.Name)]
public sealed class CrashTests(AzuriteFixture azurite)
{
    private static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("BELCO_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [AzuriteFact]
    public async Task Events_acknowledged_before_serve_was_killed_are_projected_exactly_once()
    {
        using var data = new TemporaryFolder();
        var port = FreePort.Choose();
        string[] arguments = ["--data", data.Path, "--port", $"{port}", "--storage", azurite.ConnectionString];
        var random = new Random(1);

        await using var traffic = new Traffic(port, "killed-serve", withLargeBodies: true);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var serve = await ServeProcess.StartAsync(arguments, WebhookClient.Settings);
            await traffic.WaitForAsync(acknowledged: random.Next(1, 100));
            await serve.KillAsync();
        }

        await using var last = await ServeProcess.StartAsync(arguments, WebhookClient.Settings);
        await traffic.StopAsync();
        await traffic.DrainAsync();
        await ShopRows.AssertProjectedAsync(azurite.ConnectionString, traffic);
    }

    [AzuriteFact]
    public async Task Events_projected_just_before_serve_and_its_Azurite_were_killed_are_projected_again()
    {
        using var data = new TemporaryFolder();
        var port = FreePort.Choose();
        string[] arguments = ["--data", data.Path, "--port", $"{port}"];

        await using var traffic = new Traffic(port, "killed-azurite", withLargeBodies: true);
        for (var kill = 0; kill < 2; kill++)
        {
            await using var serve = await ServeProcess.StartAsync(arguments, WebhookClient.Settings);
            await traffic.WaitForAsync(acknowledged: 100);
            await serve.KillAzuriteAsync();
        }

        await using var last = await ServeProcess.StartAsync(arguments, WebhookClient.Settings);
        await traffic.StopAsync();
        await traffic.DrainAsync();
        await ShopRows.AssertProjectedAsync(ServeFile.Read(data.Path).Storage!, traffic);
    }

    [AzuriteFact]
    public async Task A_storage_outage_makes_no_dead_letter_and_the_backlog_is_projected_afterwards()
    {
        // A busy machine may end Azurite before it has saved. That loses rows, which an outage does not do, so begin again.
        for (var attempt = 1; !await SurvivesOutageAsync(); attempt++) Assert.NotEqual(5, attempt);
    }

    /// <summary>False if Azurite stopped without having saved.</summary>
    private static async Task<bool> SurvivesOutageAsync()
    {
        using var data = new TemporaryFolder();
        using var azuriteData = new TemporaryFolder();
        var installation = await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None);
        var ports = new AzuritePorts(FreePort.Choose(), FreePort.Choose(), FreePort.Choose());
        var port = FreePort.Choose();

        await using var traffic = new Traffic(port, "outage");
        var storage = await AzuriteProcess.StartAsync(installation, azuriteData.Path, CancellationToken.None, ports);
        var connectionString = storage.ConnectionString;
        await using var serve = await ServeProcess.StartAsync(
            ["--data", data.Path, "--port", $"{port}", "--storage", connectionString], WebhookClient.Settings);
        await traffic.WaitForAsync(acknowledged: 20);
        await storage.DisposeAsync();
        if (!storage.HasSaved) return false;
        await traffic.WaitForAsync(acknowledged: 150);
        await traffic.StopAsync();

        await using var again = await AzuriteProcess.StartAsync(installation, azuriteData.Path, CancellationToken.None, ports);
        await traffic.DrainAsync();
        await ShopRows.AssertProjectedAsync(connectionString, traffic);
        using var queues = QueueDatabase.Open(data.Path, create: false);
        Assert.Empty(DeadLetterRows.List(queues));
        return true;
    }
}
