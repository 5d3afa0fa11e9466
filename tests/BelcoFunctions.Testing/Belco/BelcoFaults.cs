using System.Globalization;
using System.Text;

namespace BelcoFunctions.Testing.Belco;

/// <summary>Changes a request or its answer.</summary>
internal delegate Task BelcoFault(BelcoExchange exchange);

/// <summary>What goes wrong, and what happens between two requests.</summary>
internal static class BelcoFaults
{
    /// <summary>401: the token is not accepted any more.</summary>
    public static BelcoFault TokenExpired { get; } = Answer(BelcoReply.Refusal(401, "Unauthorized"));

    /// <summary>403: the user of the token may not do this.</summary>
    public static BelcoFault Forbidden { get; } = Answer(BelcoReply.Refusal(403, "Forbidden"));

    public static BelcoFault ServerError { get; } = Answer(BelcoReply.Refusal(500, "Internal server error"));

    /// <summary>404, whether it exists or not.</summary>
    public static BelcoFault NotFound { get; } = Answer(BelcoReply.Refusal(404, "Not found"));

    /// <summary>A page for people, with the status 200.</summary>
    public static BelcoFault Html { get; } =
        Answer(new(200, "text/html", "<!doctype html><title>Belco</title>Sign in"u8.ToArray()));

    /// <summary>The true answer, whose connection breaks in the middle of the body.</summary>
    public static BelcoFault Cut { get; } = Do(exchange => exchange.IsCut = true);

    /// <summary>The page before the one that was asked for.</summary>
    public static BelcoFault PageBefore { get; } = Do(exchange => exchange.Request = exchange.Request with
    {
        Skip = Math.Max(0, exchange.Request.Skip - exchange.Request.Limit),
    });

    /// <summary>429 without Retry-After.</summary>
    public static BelcoFault TooManyRequests { get; } = Slow(null);

    /// <summary>429 with Retry-After in seconds.</summary>
    public static BelcoFault RetryAfter(int seconds) => Slow(seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>429 with Retry-After as a date.</summary>
    public static BelcoFault RetryAfter(DateTimeOffset date) => Slow(date.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>This text as the body, with the status 200.</summary>
    public static BelcoFault Text(string body) => Answer(new(200, "application/json", Encoding.UTF8.GetBytes(body)));

    public static BelcoFault Answer(BelcoReply reply) => Do(exchange => exchange.Reply = reply);

    /// <summary>Does something before the request is answered, for example to the account.</summary>
    public static BelcoFault Before(Action action) => Do(_ => action());

    private static BelcoFault Slow(string? retryAfter) =>
        Answer(BelcoReply.Refusal(429, "Too many requests") with { RetryAfter = retryAfter });

    private static BelcoFault Do(Action<BelcoExchange> action) => exchange =>
    {
        action(exchange);
        return Task.CompletedTask;
    };
}
