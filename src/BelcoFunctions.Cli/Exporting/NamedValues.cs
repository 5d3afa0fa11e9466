using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The values of a row by the names of its columns.</summary>
internal sealed class NamedValues(IReadOnlyList<RowColumn> columns, IReadOnlyList<object?> values)
{
    private readonly Dictionary<string, object?> byName = columns.Zip(values)
        .ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>The value as one readable line; null if there is none.</summary>
    public string? this[string name] => byName[name] switch
    {
        null => null,
        DateTimeOffset time => Time(time),
        var value => VisibleText.OfLine(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    /// <summary>A person's name with their id, or the id alone if no name is known, as one readable line; null for
    /// nobody.</summary>
    public string? Person(string id, string name) => this[name] is { } known ? $"{known} ({this[id]})" : this[id];

    /// <summary>A text as it is stored; null if there is none.</summary>
    public string? Text(string name) => (string?)byName[name];

    public bool IsTrue(string name) => byName[name] is true;

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
