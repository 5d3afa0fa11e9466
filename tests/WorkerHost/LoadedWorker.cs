using System.Collections.Frozen;
using System.Diagnostics;

namespace BelcoFunctions.WorkerHost;

/// <summary>A worker that has loaded all its functions.</summary>
internal sealed class LoadedWorker : IAsyncDisposable
{
    private readonly FrozenDictionary<string, RpcFunctionMetadata> functions;

    private LoadedWorker(
        WorkerProcess process, WorkerStream stream, IEnumerable<RpcFunctionMetadata> functions,
        IReadOnlyList<FunctionLoadResponse> loads)
    {
        (Process, Stream, Loads) = (process, stream, loads);
        this.functions = functions.ToFrozenDictionary(function => function.Name);
    }

    public WorkerProcess Process { get; }

    public WorkerStream Stream { get; }

    public IEnumerable<RpcFunctionMetadata> Functions => functions.Values;

    /// <summary>The worker's answer to the load request for each function.</summary>
    public IReadOnlyList<FunctionLoadResponse> Loads { get; }

    /// <summary>Starts a worker, and sends it the requests of the host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="app">The file of the app.</param>
    /// <param name="settings">Its settings.</param>
    public static async Task<LoadedWorker> StartAsync(
        FunctionsHost host, string app, params IEnumerable<(string Name, string Value)> settings)
    {
        var stream = host.Expect();
        var process = WorkerProcess.Start(app, host.Endpoint, stream.WorkerId, settings);
        try
        {
            var loading = LoadAsync(process, stream);
            if (await Task.WhenAny(process.Exited, loading) == loading) return await loading;
            throw new IOException($"The worker ended: {(await process.ExitAsync()).Errors}");
        }
        catch
        {
            // Nobody else knows of the process.
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes a function for a request.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="request">The request.</param>
    /// <param name="hangUp">Completes when the client hangs up; null if it waits for the answer.</param>
    public async Task<HttpAnswer> SendAsync(string function, HttpMessage request, Task? hangUp = null) => HttpAnswer.From(
        await InvokeAsync(function, ("request", new TypedData { Http = request.ToRpc() }), request.Route, hangUp));

    /// <summary>Invokes the function of a queue for the messages that it has, at most 50. Returns how many it had.</summary>
    public async Task<int> ProcessBatchAsync(BrokerQueue queue)
    {
        var messages = queue.Receive(DeliveryBatch.MaxMessages);
        if (messages.Count == 0) return 0;
        var function = Functions.Single(each => Binding(each)["queueName"]?.ToString() == queue.Name);
        var batch = new TypedData { CollectionModelBindingData = DeliveryBatch.ToRpc(messages) };
        var response = await InvokeAsync(function.Name, ((string)Binding(function)["name"]!, batch), []);
        ThrowIfFailed(response.Result);
        return messages.Count;
    }

    /// <summary>The trigger of a function, from its metadata.</summary>
    public static JsonNode Binding(RpcFunctionMetadata function) => function.RawBindings
        .Select(binding => JsonNode.Parse(binding)!)
        .First(binding => ((string)binding["type"]!).EndsWith("Trigger", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static async Task<LoadedWorker> LoadAsync(WorkerProcess process, WorkerStream stream)
    {
        var folder = process.Folder;
        var initialized = await stream.AskAsync(new()
        {
            WorkerInitRequest = new() { HostVersion = "4.1048.200", FunctionAppDirectory = folder },
        });
        ThrowIfFailed(initialized.WorkerInitResponse.Result);

        var answer = await stream.AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } });
        var functions = answer.FunctionMetadataResponse.FunctionMetadataResults;
        var loads = await Task.WhenAll(functions.Select(metadata => stream.AskAsync(
            new() { FunctionLoadRequest = new() { FunctionId = metadata.FunctionId, Metadata = metadata } })));
        return new LoadedWorker(process, stream, functions, [.. loads.Select(load => load.FunctionLoadResponse)]);
    }

    private static void ThrowIfFailed(StatusResult result)
    {
        if (result.Status is not StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"The worker failed: {result.Exception?.Message}");
    }

    private async Task<InvocationResponse> InvokeAsync(
        string function, (string Name, TypedData Data) trigger, IEnumerable<(string Name, string Value)> route,
        Task? hangUp = null)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = functions[function].FunctionId,
            InputData = { new ParameterBinding { Name = trigger.Name, Data = trigger.Data } },
            TraceContext = new() { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" },
        };
        foreach (var (name, value) in route) request.TriggerMetadata[name] = new TypedData { String = value };
        var answering = Stream.AskAsync(new() { InvocationRequest = request });
        if (hangUp is not null)
        {
            await hangUp;
            Stream.Send(new() { InvocationCancel = new() { InvocationId = request.InvocationId } });
        }

        return (await answering).InvocationResponse;
    }
}
