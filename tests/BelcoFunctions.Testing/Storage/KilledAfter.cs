namespace BelcoFunctions.Testing.Storage;

/// <summary>Simulates a killed process: after some requests, no further request reaches a service.</summary>
internal sealed class KilledAfter(int requests) : Interceptor
{
    private int left = requests;

    /// <summary>Whether it was killed before it was done.</summary>
    public bool IsKilled => Volatile.Read(ref left) < 0;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn) =>
        Interlocked.Decrement(ref left) >= 0 ? goOn() : throw new HttpRequestException("The process was killed.");
}
