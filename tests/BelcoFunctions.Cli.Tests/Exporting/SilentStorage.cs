namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>A storage account that answers the first check, and nothing afterwards.</summary>
internal sealed class SilentStorage : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int port = FreePort.Choose();

    public SilentStorage()
    {
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = AnswerAsync();
    }

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName=silent;AccountKey=a2V5;"
        + $"TableEndpoint=http://127.0.0.1:{port}/silent;BlobEndpoint=http://127.0.0.1:{port}/silent;";

    /// <summary>Completes when rows are requested.</summary>
    public Task Asked => asked.Task;

    public void Dispose() => ((IDisposable)listener).Dispose();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                if (!Uri.UnescapeDataString(context.Request.Url!.Query).Contains("'health'", StringComparison.Ordinal))
                {
                    asked.TrySetResult();
                    continue;
                }

                context.Response.ContentType = "application/json;odata=minimalmetadata";
                await context.Response.OutputStream.WriteAsync("""{"value":[]}"""u8.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or HttpListenerException)
        {
            // The test is over.
        }
    }
}
