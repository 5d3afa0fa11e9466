using System.Globalization;
using DuckDB.NET.Data;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>Reads exported files with DuckDB, which shares no code with the writer.</summary>
internal static class DuckDb
{
    /// <summary>The rows of a query as text. Null stands for no value, and bytes are hex digits.</summary>
    public static List<string?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC'; {sql}";
        using var reader = command.ExecuteReader();
        List<string?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index)
                ? null : Convert.ToString(reader.GetValue(index), CultureInfo.InvariantCulture))]);
        }

        return rows;
    }

    /// <summary>The names and types of the columns of a Parquet file.</summary>
    public static IEnumerable<(string Name, string Type)> Describe(string path) =>
        Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('{path}'))")
            .Select(row => (row[0]!, row[1]!));

    /// <summary>The cells of a Parquet file, formatted like the read API.</summary>
    public static List<string?[]> Parquet(string path) => Query(
        $"SELECT {string.Join(", ", Describe(path).Select(Cell))} FROM read_parquet('{path}')");

    /// <summary>The cells of a CSV file. Only an empty cell without quotes has no value.</summary>
    public static List<string?[]> Csv(string path, IEnumerable<string> names, char delimiter = ',') => Query(
        $"SELECT * FROM read_csv('{path}', header = true, auto_detect = false, "
        + $"delim = '{delimiter}', quote = '\"', escape = '\"', "
        + $"columns = {{{string.Join(", ", names.Select(name => $"'{name}': 'VARCHAR'"))}}}, "
        + "allow_quoted_nulls = false, max_line_size = 20000000, parallel = false)");

    /// <summary>The values of properties of a JSON Lines file. A text is decoded, anything else is JSON.</summary>
    public static List<string?[]> JsonLines(string path, IEnumerable<string> names) => Query(
        $"SELECT {string.Join(", ", names.Select(name => $"json ->> '{name}'"))} "
        + $"FROM read_json_objects('{path}', format = 'newline_delimited', maximum_object_size = 50000000)");

    private static string Cell((string Name, string Type) column) => column.Type switch
    {
        "TIMESTAMP WITH TIME ZONE" => $"strftime(\"{column.Name}\", '%Y-%m-%dT%H:%M:%S.%gZ')",
        "BLOB" => $"hex(\"{column.Name}\")",
        _ => $"CAST(\"{column.Name}\" AS VARCHAR)",
    };

    public static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
