namespace BelcoFunctions.Testing.HttpContract;

/// <summary>An HTTP request as its sender writes it.</summary>
internal sealed record HttpCaseRequest
{
    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/api/webhooks/belco";

    public byte[] Body { get; init; } = [];

    /// <summary>The way in which the request gives the length of its body.</summary>
    public Framing Framing { get; init; } = Framing.ContentLength;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

internal enum Framing
{
    /// <summary>By the header Content-Length.</summary>
    ContentLength,

    /// <summary>By <c>Transfer-Encoding: chunked</c>.</summary>
    Chunked,

    /// <summary>No length, so for HTTP there is no body.</summary>
    None,
}

/// <summary>What a host answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentType">Empty where there is none.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">The header Retry-After; null where there is none.</param>
/// <param name="Allow">The header Allow; null where there is none.</param>
internal sealed record HttpCaseAnswer(int Status, string ContentType, string Body, string? RetryAfter, string? Allow)
{
    /// <summary>The headers that keep an answer private, separated by a bar.</summary>
    public string? Privacy { get; init; }

    /// <summary>Reads <see cref="Privacy"/>.</summary>
    public static string PrivacyOf(Func<string, string?> header) => string.Join('|',
        ((string[])["Cache-Control", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"]).Select(header));
}
