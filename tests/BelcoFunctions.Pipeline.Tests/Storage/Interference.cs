using Azure.Core.Pipeline;

namespace BelcoFunctions.Pipeline.Tests.Storage;

/// <summary>Stands between the SDK and the service, and sees each try of each request.</summary>
internal abstract class Interference
{
    private static readonly SocketsHttpHandler Network = new();

    /// <summary>The network behind some interferences, the first next to the SDK.</summary>
    public static HttpPipelineTransport Through(params IReadOnlyList<Interference> interferences) =>
        new HttpClientTransport(new Handler(interferences));

    /// <summary>Answers a request, or lets it go on.</summary>
    protected abstract Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn);

    private sealed class Handler(IReadOnlyList<Interference> interferences) : DelegatingHandler(Network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            interferences.Reverse().Aggregate(() => base.SendAsync(request, cancellationToken),
                (goOn, interference) => () => interference.SendAsync(request, goOn))();
    }
}

/// <summary>Interferes with some requests only.</summary>
/// <param name="concerns">Which requests.</param>
/// <param name="times">How many of them; the later ones are left alone.</param>
internal abstract class SelectiveInterference(Func<HttpRequestMessage, bool> concerns, int times) : Interference
{
    private int left = times;

    protected sealed override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn) =>
        concerns(request) && Interlocked.Decrement(ref left) >= 0 ? InterfereAsync(goOn) : goOn();

    protected abstract Task<HttpResponseMessage> InterfereAsync(Func<Task<HttpResponseMessage>> goOn);
}

/// <summary>The request never reaches the service.</summary>
internal sealed class Refusal(Func<HttpRequestMessage, bool> concerns, Func<HttpResponseMessage> answer, int times = int.MaxValue)
    : SelectiveInterference(concerns, times)
{
    protected override Task<HttpResponseMessage> InterfereAsync(Func<Task<HttpResponseMessage>> goOn) =>
        Task.FromResult(answer());
}

/// <summary>The service did what it was asked, but its answer is lost.</summary>
internal sealed class LostResponse(Func<HttpRequestMessage, bool> concerns, int times = 1)
    : SelectiveInterference(concerns, times)
{
    protected override async Task<HttpResponseMessage> InterfereAsync(Func<Task<HttpResponseMessage>> goOn)
    {
        using var _ = await goOn();
        throw new IOException("The connection was reset.");
    }
}

/// <summary>Somebody else is faster.</summary>
internal sealed class Interruption(Func<HttpRequestMessage, bool> concerns, Func<Task> before, int times = 1)
    : SelectiveInterference(concerns, times)
{
    protected override async Task<HttpResponseMessage> InterfereAsync(Func<Task<HttpResponseMessage>> goOn)
    {
        await before();
        return await goOn();
    }
}
