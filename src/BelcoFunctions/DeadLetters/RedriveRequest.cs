using System.Globalization;
using System.Net;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.DeadLetters;

/// <summary>The parameters of a redrive.</summary>
/// <param name="Queues">The queues whose dead letters to move.</param>
/// <param name="Limit">The most dead letters to move, the oldest first; null for as many as one call can move.</param>
/// <param name="DryRun">Whether to only report what would be moved.</param>
public sealed record RedriveRequest(IReadOnlyList<string> Queues, int? Limit, bool DryRun)
{
    private const string LimitName = "limit";
    private const string DryRunName = "dryRun";

    /// <summary>The names of the parameters.</summary>
    public static IReadOnlyList<string> Names { get; } = [DeadLetterRun.QueueName, LimitName, DryRunName];

    /// <summary>How many dead letters to take at most.</summary>
    public int MaxMessages => Limit ?? DeadLetterRedrive.MaxMessages;

    /// <param name="parameter">A parameter of the request; null if it is not there.</param>
    /// <param name="error">The answer if a parameter is wrong. The request is then null.</param>
    public static RedriveRequest? Read(Func<string, string?> parameter, out HttpReply? error)
    {
        if (DeadLetterRun.Queues(parameter(DeadLetterRun.QueueName), out error) is not { } queues) return null;
        var (limit, dryRun) = (parameter(LimitName), parameter(DryRunName));
        var max = 0;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out max)
            || max is < 1 or > DeadLetterRedrive.MaxMessages))
        {
            error = Wrong($"{LimitName} is not a whole number from 1 to {DeadLetterRedrive.MaxMessages}.");
            return null;
        }

        if (dryRun is not (null or "true" or "false"))
        {
            error = Wrong($"{DryRunName} is neither true nor false.");
            return null;
        }

        return new RedriveRequest(queues, limit is null ? null : max, dryRun is "true");
    }

    private static HttpReply Wrong(string detail) =>
        HttpReply.Problem(HttpStatusCode.BadRequest, "Parameter not understood", detail);
}
