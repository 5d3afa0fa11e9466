using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows a list as a table for people, or as JSON for programs.</summary>
internal static class ListOutput
{
    public enum Format { Text, Json }

    private const int RedirectedWidth = 1_000;

    // The output goes to a terminal or a file, never into a web page.
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For JSON that is written piece by piece.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Indented = true, Encoder = Options.Encoder };

    private static readonly JsonSerializerOptions LineOptions = new(Options) { WriteIndented = false };

    /// <param name="format">A table as text, or JSON.</param>
    /// <param name="rows">JSON has all properties of each row.</param>
    /// <param name="nothing">The sentence to show instead of an empty table.</param>
    /// <param name="columns">The columns of the table.</param>
    public static void Write<T>(
        Format format, IReadOnlyCollection<T> rows, string nothing, params (string Name, Func<T, string> Value)[] columns)
    {
        if (format is Format.Json)
        {
            WriteJson(rows);
            return;
        }

        if (rows.Count == 0)
        {
            Console.WriteLine(nothing);
            return;
        }

        var table = new Table().AddColumns([.. columns.Select(column => column.Name)]);
        foreach (var row in rows) table.AddRow(columns.Select(column => new Text(DisplayText.Clean(column.Value(row)))));
        WidenIfRedirected();
        AnsiConsole.Write(table);
    }

    /// <summary>In a file or a pipe, a reason or an id must not be broken over several lines.</summary>
    public static void WidenIfRedirected()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
    }

    /// <summary>JSON in one line.</summary>
    public static string Line(JsonNode value) => value.ToJsonString(LineOptions);

    public static void WriteJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));
}
