using System.Globalization;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Reads the page that a request asks for from its parameters.</summary>
internal static class PageParameters
{
    private const int DefaultTop = 50;

    /// <summary>The page, or a sentence that says what is wrong with the parameters.</summary>
    /// <param name="top">The number of rows, from 1 to 500; null for 50.</param>
    /// <param name="continuationToken">The token that the previous page returned; null for the first page.</param>
    /// <param name="find">The page of the list; null if the token is not one of this list.</param>
    public static (PageRequest? Page, string? Error) Read(
        string? top, string? continuationToken, Func<int, string?, PageRequest?> find)
    {
        var rows = DefaultTop;
        if (top is not null && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out rows)
            || rows is < 1 or > PageRequest.MaxTop))
        {
            return (null, $"top is not a whole number from 1 to {PageRequest.MaxTop}.");
        }

        return find(rows, continuationToken) is { } page ? (page, null)
            : (null, "continuationToken does not belong to this list; use the one in the previous answer, or none.");
    }
}
