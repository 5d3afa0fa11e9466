using System.Net;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Importing;
using Polly;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Sentences about answers that cannot be used. They name the status, the path without its query, and the content
/// type, never a part of the body.</summary>
internal static class AnswerErrors
{
    private const int MaxContentTypeLength = 60;

    /// <summary>The error of a status other than success; null for success.</summary>
    public static BelcoApiException? Of(HttpRequestMessage request, HttpResponseMessage response) => response.StatusCode switch
    {
        _ when response.IsSuccessStatusCode => null,
        HttpStatusCode.Unauthorized => new BelcoApiException(
            BelcoApiError.Refused, $"{Answered(request, response)}. The token in {BelcoToken.Variable} is wrong or has expired. "
            + "Make a new token on your profile page in Belco."),
        HttpStatusCode.Forbidden => new BelcoApiException(
            BelcoApiError.Unusable, $"{Answered(request, response)}. The user of the token in {BelcoToken.Variable} lacks the "
            + "rights for this. Check the user's rights, or use the token of another user."),
        var status when FailedTry.IsTransient(Outcome.FromResult(response)) => new BelcoApiException(
            BelcoApiError.Unavailable, $"{Answered(request, response)}, also when asked again. "
            + (status is HttpStatusCode.TooManyRequests ? "It received too many requests. " : "") + "Try again later."),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new BelcoApiException(
            BelcoApiError.Unusable, $"{Answered(request, response)}: the answer names another address. belco does not go there, "
            + "because the token is for this one. Check --api."),
        _ => new BelcoApiException(
            BelcoApiError.Unusable, $"{Answered(request, response)}, which belco does not expect. Check --api."),
    };

    public static string NotJson(HttpRequestMessage request, HttpResponseMessage response, string why) =>
        $"{Answered(request, response)}, but the answer is not JSON: {why} Check --api.";

    public static string TooLarge(HttpRequestMessage request, HttpResponseMessage response, int maxMiB) =>
        $"{Answered(request, response)}, but the answer is larger than {maxMiB} MiB, which is the most that belco reads.";

    /// <summary>The request without its query, like <c>GET /v1/shops</c>.</summary>
    public static string Name(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.AbsolutePath}";

    private static string Answered(HttpRequestMessage request, HttpResponseMessage response) =>
        $"Belco answered {Name(request)} with {(int)response.StatusCode} ({ContentType(response)})";

    private static string ContentType(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
            ? DisplayText.Short(DisplayText.Clean(type), MaxContentTypeLength) : "no content type";
}
