using System.Globalization;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Reads a filter of conversations from the parameters of a request.</summary>
internal static class FilterParameters
{
    private const string Status = "status";
    private const string AssignedTo = "assignedTo";
    private const string CustomerId = "customerId";
    private const string Channel = "channel";
    private const string Waiting = "waiting";
    private const string Since = "since";
    private const string Until = "until";

    // The rows have no other times.
    private const int FirstYear = 1601;
    private const int LastYear = 9_998;

    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public static IReadOnlyList<string> Names { get; } = [Status, AssignedTo, CustomerId, Channel, Waiting, Since, Until];

    /// <summary>The filter, or a sentence that says what is wrong with a parameter.</summary>
    public static (ConversationFilter? Filter, string? Error) Read(QueryParameters parameters)
    {
        var isWaiting = false;
        if (parameters[Waiting] is { } waiting && !bool.TryParse(waiting, out isWaiting))
            return (null, $"{Waiting} is not true or false.");
        if (!TryReadTime(parameters[Since], out var since)) return (null, NotATime(Since));
        if (!TryReadTime(parameters[Until], out var until)) return (null, NotATime(Until));
        if (since >= until) return (null, $"{Since} must be before {Until}.");
        return (new ConversationFilter(
            parameters[Status], parameters[AssignedTo], parameters[CustomerId], parameters[Channel])
        {
            IsWaiting = isWaiting,
            Since = since,
            Until = until,
        }, null);
    }

    private static string NotATime(string name) => $"{name} is not a date like 2026-11-01 or a time like 2026-11-01T09:00Z. "
        + "In a query, a + is written as %2B.";

    private static bool TryReadTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null) return true;
        if (!DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)) return false;
        time = parsed;
        return parsed.Year is >= FirstYear and <= LastYear;
    }
}
