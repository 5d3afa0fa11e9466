using System.Net;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>The parameters in the query of a request, as its host parsed them.</summary>
/// <param name="Names">The names. Case does not matter.</param>
/// <param name="Find">A value by its name; null if the query does not have it.</param>
public sealed record QueryParameters(IEnumerable<string> Names, Func<string, string?> Find)
{
    // They carry the function key on Azure.
    private static readonly string[] Keys = ["code", "clientId"];

    private const int MaxQuoted = 60;

    /// <summary>A value; null if it is missing or empty. Forms send parameters without a value as empty text.</summary>
    public string? this[string name] => Find(name) is { Length: > 0 } value ? value : null;

    /// <summary>The answer if a parameter is not known; null if all are. Ignored, it would be a question that nobody asked: a
    /// dry run would be none.</summary>
    /// <param name="known">The names that the request may have.</param>
    public HttpReply? RefuseUnknown(params IReadOnlyList<string> known)
    {
        // The hosts disagree on pairs without a name, such as those of "?&&".
        var unknown = Names.FirstOrDefault(name => name.Length > 0
            && !known.Concat(Keys).Contains(name, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? null : HttpReply.Problem(HttpStatusCode.BadRequest, "Parameter not known",
            $"There is no parameter \"{unknown.Truncate(MaxQuoted)}\". Those that exist: {string.Join(", ", known)}.");
    }
}
