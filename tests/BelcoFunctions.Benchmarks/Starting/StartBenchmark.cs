using BelcoFunctions.Benchmarks.Serving;
using BelcoFunctions.ServiceBusBroker;
using BelcoFunctions.WorkerHost;

namespace BelcoFunctions.Benchmarks.Starting;

/// <summary>Measures a cold start of the Functions app's worker, as a process of its own: from its start to its first 200.
/// The Functions host is not measured.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const string Processor = "ms of processor time";
    private const string Loaded = "ms until all functions are loaded";
    private const string Answered = "ms until the first 200";
    private const string Methods = "methods compiled at run time";
    private const string FirstWait = "ms of the first webhook";

    // Long enough that the opening of the senders has succeeded, or has failed.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public string Name => "start";

    public string Summary => "a cold start of the Functions app's worker, from its process to its first 200";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var apps = await PublishedApps.PublishAsync(session, cancellationToken);
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        await using var ingestion = await ServerProcess.StartBareKestrelAsync(cancellationToken);
        await using var broker = new Broker(QueueNames.All);
        await using var host = await FunctionsHost.StartAsync();
        (string, string)[] settings =
        [
            ("ServiceBus", broker.ConnectionString), ("Storage", storage.ConnectionString),
            ("Webhook__Secret", Webhooks.Settings.Secrets[0]),
            ("Webhook__SignatureHeader", Webhooks.Settings.SignatureHeader!),
        ];
        var webhook = Webhook();
        var app = new ColdStart(host, apps.App, "ReceiveWebhook", webhook, [.. settings, .. Telemetry(ingestion.EndPoint.Port)]);
        var notPrecompiled = app with { App = apps.NotPrecompiled };
        var withoutTelemetry = app with { Settings = settings };
        var minimal = new ColdStart(host, apps.Minimal, "Answer", webhook, []);

        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("minimal app", _ => MeasureAsync(minimal)),
            new Side("app", _ => MeasureAsync(app)),
            new Side("app, not precompiled", _ => MeasureAsync(notPrecompiled)),
            new Side("app without telemetry", _ => MeasureAsync(withoutTelemetry)),
            new Side("app, senders not opened", token => MeasureFirstWaitAsync(app, token, broker)),
            new Side("app, senders opened", token => MeasureFirstWaitAsync(app, token)));
        return
        [
            .. Compare("start to the first 200, beside a minimal app", readings[0], readings[1], Goal.AtMost(1.3)),
            .. Compare("the same, beside the app without precompiling", readings[2], readings[1], Goal.AtMost(0.8)),
            .. Compare("the same, beside the app without telemetry", readings[3], readings[1]),
            Comparison.Create("the first webhook when the senders were opened at the start, beside not opened",
                FirstWait, readings[4], readings[5]),
        ];
    }

    private static IEnumerable<Comparison> Compare(
        string what, SideReadings limit, SideReadings ours, Goal? processorGoal = null) =>
    [
        Comparison.Create(what, Processor, limit, ours, processorGoal),
        Comparison.Create(what, Methods, limit, ours),
        Comparison.Create(what, Loaded, limit, ours),
        Comparison.Create(what, Answered, limit, ours),
    ];

    private static async Task<Reading> MeasureAsync(ColdStart start)
    {
        var started = Stopwatch.GetTimestamp();
        await using var worker = await start.LoadAsync();
        var loaded = Stopwatch.GetElapsedTime(started);
        await start.AnswerAsync(worker);
        return new Reading
        {
            [Answered] = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            [Processor] = worker.Process.ProcessorTime.TotalMilliseconds,
            [Loaded] = loaded.TotalMilliseconds,
            // Writing a list of them takes time, so it needs a start of its own.
            [Methods] = await CountMethodsAsync(start),
        };
    }

    private static async Task<double> CountMethodsAsync(ColdStart start)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "methods");
        var counted = start with
        {
            Settings =
            [
                .. start.Settings, ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"),
            ],
        };
        await using var worker = await counted.LoadAsync();
        await counted.AnswerAsync(worker);
        // Writes the rest of the file. The methods of the shutdown count too.
        await worker.Process.TerminateAsync();
        await worker.Process.ExitAsync();
        return File.ReadLines(file).Count(line => line.Contains("JIT compiled", StringComparison.Ordinal));
    }

    /// <summary>The wait for the first webhook some time after the start.</summary>
    /// <param name="start">The app.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <param name="refusing">A broker that refuses connections until the webhook comes; null to refuse none.</param>
    private static async Task<Reading> MeasureFirstWaitAsync(
        ColdStart start, CancellationToken cancellationToken, Broker? refusing = null)
    {
        refusing?.Network.Refuse();
        try
        {
            await using var worker = await start.LoadAsync();
            await Task.Delay(Pause, cancellationToken);
            refusing?.Network.Restore();
            var started = Stopwatch.GetTimestamp();
            await start.AnswerAsync(worker);
            return new Reading { [FirstWait] = Stopwatch.GetElapsedTime(started).TotalMilliseconds };
        }
        finally
        {
            refusing?.Network.Restore();
        }
    }

    private static HttpMessage Webhook()
    {
        var body = Webhooks.Body(Conversations.ShopId, conversation: 0, number: 1);
        var request = HttpMessage.Post("/api/webhooks/belco", body);
        return request with { Headers = [.. request.Headers, (Webhooks.Settings.SignatureHeader!, Webhooks.Sign(body))] };
    }

    // Telemetry as it is deployed, but to this machine. The exporter would also send statistics about itself elsewhere.
    private static IEnumerable<(string, string)> Telemetry(int port) =>
    [
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Guid.Empty};"
            + $"IngestionEndpoint=http://127.0.0.1:{port}/;LiveEndpoint=http://127.0.0.1:{port}/"),
        ("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true"),
    ];
}
