namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>Measures signed webhooks that are acknowledged after a durable commit. One serve has no storage, so it projects
/// nothing. It is compared with Kestrel that makes a minimal durable commit, and with Kestrel that only reads the requests.
/// Another serve projects the webhooks meanwhile. It is compared with Kestrel that only reads the requests.</summary>
internal sealed class AcknowledgeBenchmark : IBenchmark
{
    private const int Connections = 32;
    private const int Requests = 20_000;
    private const string PerSecond = "requests/s";
    private const string HalfWait = "p50 ms";
    private const string LongWait = "p99 ms";
    private const string Processor = "the server's processor µs a request";

    public string Name => "acknowledge";

    public string Summary => "signed POSTs over 32 connections, each acknowledged after a durable commit";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var data = new TemporaryFolder();
        using var dataWithoutStorage = new TemporaryFolder();
        using var bodies = new TemporaryFolder();
        await using var kestrel = await ServerProcess.StartBareKestrelAsync(cancellationToken);
        await using var durable = await ServerProcess.StartDurableKestrelAsync(bodies.Path, cancellationToken);
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        await using var belco = await ServerProcess.StartBelcoAsync(data.Path, storage.ConnectionString, cancellationToken);
        await using var belcoWithoutStorage = await StartWithoutStorageAsync(session, dataWithoutStorage.Path, cancellationToken);
        using var status = new ServeStatusClient(belco);
        var (posted, requests) = (0, session.Size(Requests));
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("Kestrel", token => PostAsync(kestrel, first: 0, requests, token)),
            new Side("Kestrel with a durable commit", token => PostAsync(durable, first: 0, requests, token)),
            new Side("belco serve, storage away", token => PostAsync(belcoWithoutStorage, first: 0, requests, token)),
            new Side("belco serve", async token =>
            {
                var reading = await PostAsync(belco, posted, requests, token);
                // Otherwise the next round would begin with the backlog of this one.
                await status.WaitUntilProjectedAsync(session, posted += requests, token);
                return reading;
            }));
        return
        [
            .. Compare("acknowledged, beside a minimal durable commit", readings[1], readings[2], Goal.AtLeast(0.8), null),
            .. Compare("acknowledged, beside bare Kestrel", readings[0], readings[2], null, null),
            .. Compare("acknowledged, and projected meanwhile", readings[0], readings[3], Goal.AtLeast(0.4), Goal.AtMost(3)),
        ];
    }

    private static IEnumerable<Comparison> Compare(
        string what, SideReadings limit, SideReadings ours, Goal? rate, Goal? longWait) =>
    [
        Comparison.Create(what, PerSecond, limit, ours, rate),
        Comparison.Create(what, HalfWait, limit, ours),
        Comparison.Create(what, LongWait, limit, ours, longWait),
        Comparison.Create(what, Processor, limit, ours),
    ];

    private static async Task<ServerProcess> StartWithoutStorageAsync(
        Session session, string dataFolder, CancellationToken cancellationToken)
    {
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        return await ServerProcess.StartBelcoAsync(dataFolder, storage.ConnectionString, cancellationToken);
    }

    private static async Task<Reading> PostAsync(ServerProcess server, int first, int count, CancellationToken cancellationToken)
    {
        var requests = LoadClient.Requests(first, count);
        var worked = server.ProcessorTime;
        var result = await LoadClient.PostAsync(server.EndPoint, requests, Connections, cancellationToken);
        return new Reading
        {
            [PerSecond] = result.PerSecond,
            [HalfWait] = result.Milliseconds(0.5),
            [LongWait] = result.Milliseconds(0.99),
            [Processor] = (server.ProcessorTime - worked).TotalMicroseconds / count,
        };
    }
}
