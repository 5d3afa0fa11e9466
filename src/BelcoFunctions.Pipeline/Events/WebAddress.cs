namespace BelcoFunctions.Pipeline.Events;

/// <summary>Reads addresses in events, which are untrusted.</summary>
public static class WebAddress
{
    /// <summary>An address that a page may link to; null for any other text, such as <c>javascript:…</c>.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
}
