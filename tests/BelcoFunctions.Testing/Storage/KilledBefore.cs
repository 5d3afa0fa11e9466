namespace BelcoFunctions.Testing.Storage;

/// <summary>Simulates a killed process: neither a certain request nor any later one reaches a service.</summary>
internal sealed class KilledBefore(Func<HttpRequestMessage, bool> isFirst) : Interceptor
{
    private volatile bool isKilled;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
    {
        if (isFirst(request)) isKilled = true;
        return isKilled ? throw new HttpRequestException("The process was killed.") : goOn();
    }
}
