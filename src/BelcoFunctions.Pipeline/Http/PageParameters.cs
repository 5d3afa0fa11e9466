using System.Globalization;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Reads the page that a request asks for from its parameters.</summary>
internal static class PageParameters
{
    private const int DefaultTop = 50;

    // The number of rows, from 1 to 500.
    private const string Top = "top";

    // The token that the previous page returned.
    private const string Token = "continuationToken";

    public static IReadOnlyList<string> Names { get; } = [Top, Token];

    /// <summary>The page, or a sentence that says what is wrong with the parameters.</summary>
    /// <param name="parameters">The query. Without a number of rows, it means 50; without a token, the first page.</param>
    /// <param name="find">The page of the list; null if the token is not one of this list.</param>
    public static (PageRequest? Page, string? Error) Read(QueryParameters parameters, Func<int, string?, PageRequest?> find)
    {
        var rows = DefaultTop;
        if (parameters[Top] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out rows)
            || rows is < 1 or > PageRequest.MaxTop))
        {
            return (null, $"{Top} is not a whole number from 1 to {PageRequest.MaxTop}.");
        }

        return find(rows, parameters[Token]) is { } page ? (page, null)
            : (null, $"{Token} does not belong to this list; use the one in the previous answer, or none.");
    }
}
