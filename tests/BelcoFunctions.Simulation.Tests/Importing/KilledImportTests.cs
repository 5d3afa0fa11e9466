using System.Globalization;
using BelcoFunctions.Simulation.Tests.Judging;
using BelcoFunctions.Simulation.Tests.Store;
using BelcoFunctions.Testing.Belco;
using BelcoFunctions.Testing.Serving;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests.Importing;

/// <summary>The import of a large shop by the program in its own process, with 64 MiB for all its objects.</summary>
public sealed class KilledImportTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const string HeapLimit = "4000000";
    private static readonly string[] Moments = ["ReadAt", "ReceivedAt", "AsOf", "Version"];

    // The content of 20,000 conversations is larger than the memory.
    private static readonly int Conversations =
        int.Parse(Environment.GetEnvironmentVariable("BELCO_IMPORT") ?? "200", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Killed_ten_times_it_reads_nothing_twice_and_ends_like_one_run()
    {
        var account = LargeShop.Create(Conversations);
        await using var belco = await FalseBelco.StartAsync(account);
        await using var killed = await StoreServer.StartAsync();
        HashSet<string> complete = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            await KillAsync(belco, killed, Conversations / (Kills + 1));
            Assert.Equal([], Read(belco).Where(complete.Contains));
            complete = Complete(killed.State);
            output.WriteLine($"Killed with {complete.Count} of {Conversations} conversations complete.");
        }

        await CompleteAsync(belco, killed);
        // A conversation may be read twice in one run, because the import first checks that the times agree.
        Assert.Equal(Conversations - complete.Count, Read(belco).Distinct().Count());

        await using var once = await StoreServer.StartAsync();
        await CompleteAsync(belco, once);
        var rows = Rows(once.State);
        Assert.Equal(Conversations * LargeShop.Items, rows.Count(row => row.Contains("/timeline_", StringComparison.Ordinal)));
        Assert.Equal(rows, Rows(killed.State));
    }

    /// <summary>Kills an import when it has asked for the items of so many conversations.</summary>
    private static async Task KillAsync(FalseBelco belco, StoreServer store, int conversations)
    {
        belco.Requests.Clear();
        using var program = BelcoProgram.Start(Arguments(belco, store), Settings);
        try
        {
            await TestTimeout.UntilAsync(() => Read(belco).Count() >= conversations);
            Assert.False(program.HasExited);
        }
        finally
        {
            program.Kill();
        }

        await program.WaitForExitAsync();
    }

    private static async Task CompleteAsync(FalseBelco belco, StoreServer store)
    {
        belco.Requests.Clear();
        using var program = BelcoProgram.Start(Arguments(belco, store), Settings);
        var (text, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        Assert.Equal((0, ""), (program.ExitCode, program.ExitCode == 0 ? "" : await text + await error));
    }

    private static (string, string)[] Settings =>
        [("BELCO_API_TOKEN", FalseBelco.FirstToken), ("DOTNET_GCHeapHardLimit", HeapLimit)];

    private static string[] Arguments(FalseBelco belco, StoreServer store) =>
        ["import", "--shop", LargeShop.Id, "--api", belco.Address, "--storage", store.ConnectionString];

    /// <summary>The conversations whose items were asked for since the last start.</summary>
    private static IEnumerable<string> Read(FalseBelco belco) => belco.Requests.All.Select(one => one.Request.Path)
        .Where(path => path is ["conversations", _, "items"]).Select(path => path[1]);

    private static HashSet<string> Complete(StoreState state) => [.. state.Table("Conversations")
        .Where(row => row.Keys.Row.StartsWith("listed_", StringComparison.Ordinal))
        .Select(row => (string)row["ConversationId"]!)];

    // Without the moments of reading, which differ between two imports.
    private static List<string> Rows(StoreState state) => [.. state.Table("Conversations")
        .Where(row => row.Keys.Row != "import")
        .Select(row => $"{row.Keys.Partition}/{row.Keys.Row}\n{RowText.Format(row, column => !Moments.Any(column.EndsWith))}")];
}
