using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace BelcoFunctions.Viewer.Shared;

/// <summary>Reads and writes the fields of addresses and forms.</summary>
internal static class RequestFields
{
    /// <summary>A field of an address; null if it is missing or empty, because forms also send empty fields.</summary>
    public static string? Given(IQueryCollection query, string name) => Given(query[name]);

    /// <summary>The fields of an address.</summary>
    public static Func<string, string?> Read(HttpContext http) => name => Given(http.Request.Query[name]);

    /// <summary>The fields of a form.</summary>
    public static Func<string, string?> Read(IFormCollection form) => name => Given(form[name]);

    public static DateTimeOffset? TimeOf(StringValues value) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Whether to use a date field, which takes only dates. Any other text gets a text field, and stays
    /// unchanged.</summary>
    public static bool IsDate(string? text) => text is null
        || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The query of an address, with only the fields that have a value.</summary>
    public static QueryString Query(params IEnumerable<(string Name, string? Value)> fields) => QueryString.Create(
        fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string? Given(StringValues values) => values is [{ Length: > 0 } value, ..] ? value : null;
}
