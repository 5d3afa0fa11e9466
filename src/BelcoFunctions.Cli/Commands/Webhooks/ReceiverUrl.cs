namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>The part of a receiver's URL that names the receiver. The query has the function's key.</summary>
internal static class ReceiverUrl
{
    /// <summary>Scheme, host, port and path. Two webhooks have the same receiver if these are equal.</summary>
    public static string WithoutKey(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
