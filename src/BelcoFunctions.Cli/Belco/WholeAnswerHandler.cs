using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Reads the whole body of an answer, so that a connection that breaks in the middle of it is a failed try like any
/// other.</summary>
internal sealed class WholeAnswerHandler(int maxMiB) : DelegatingHandler
{
    private const long BytesInMiB = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxMiB * BytesInMiB, cancellationToken);
            return response;
        }
        catch (Exception exception)
        {
            response.Dispose();
            if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
            {
                throw new BelcoApiException(
                    BelcoApiError.Unusable, AnswerErrors.TooLarge(request, response, maxMiB), exception);
            }

            throw;
        }
    }
}
