using Azure.Core.Pipeline;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Stands between the SDK and the service, and sees each try of each request.</summary>
internal abstract class Interceptor
{
    // Azurite closes a connection that was idle for five seconds. A request that is sent at that moment fails, and the SDK
    // repeats it, which the tests would count.
    private static readonly SocketsHttpHandler Network = new() { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) };

    /// <summary>The network behind some interceptors, the first next to the SDK.</summary>
    public static HttpPipelineTransport Through(params IReadOnlyList<Interceptor> interceptors) =>
        new HttpClientTransport(new Handler(interceptors));

    /// <summary>Answers a request, or lets it go on.</summary>
    protected abstract Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn);

    private sealed class Handler(IReadOnlyList<Interceptor> interceptors) : DelegatingHandler(Network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            interceptors.Reverse().Aggregate(() => base.SendAsync(request, cancellationToken),
                (goOn, interceptor) => () => interceptor.SendAsync(request, goOn))();
    }
}

/// <summary>Injects faults into some requests.</summary>
/// <param name="isFaulty">Selects the requests.</param>
/// <param name="times">The number of faults. Later requests are not changed.</param>
internal abstract class Fault(Func<HttpRequestMessage, bool> isFaulty, int times) : Interceptor
{
    private int left = times;

    protected sealed override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn) =>
        isFaulty(request) && Interlocked.Decrement(ref left) >= 0 ? InjectAsync(goOn) : goOn();

    protected abstract Task<HttpResponseMessage> InjectAsync(Func<Task<HttpResponseMessage>> goOn);
}

/// <summary>The request never reaches the service.</summary>
internal sealed class FailedRequest(
    Func<HttpRequestMessage, bool> isFaulty, Func<HttpResponseMessage> respond, int times = int.MaxValue)
    : Fault(isFaulty, times)
{
    protected override Task<HttpResponseMessage> InjectAsync(Func<Task<HttpResponseMessage>> goOn) => Task.FromResult(respond());
}

/// <summary>The service does what it is asked, but its response is lost.</summary>
internal sealed class LostResponse(Func<HttpRequestMessage, bool> isFaulty, int times = 1) : Fault(isFaulty, times)
{
    protected override async Task<HttpResponseMessage> InjectAsync(Func<Task<HttpResponseMessage>> goOn)
    {
        using var _ = await goOn();
        throw new IOException("The connection was reset.");
    }
}

/// <summary>Another writer is faster.</summary>
internal sealed class ConcurrentWrite(Func<HttpRequestMessage, bool> isFaulty, Func<Task> write, int times = 1)
    : Fault(isFaulty, times)
{
    protected override async Task<HttpResponseMessage> InjectAsync(Func<Task<HttpResponseMessage>> goOn)
    {
        await write();
        return await goOn();
    }
}
