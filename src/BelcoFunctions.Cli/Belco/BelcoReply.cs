using System.Net;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Belco's answer to a request that changes something.</summary>
/// <param name="Status">After all retries.</param>
/// <param name="Text">The body as it came, without the token.</param>
internal sealed record BelcoReply(HttpStatusCode Status, string Text)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
