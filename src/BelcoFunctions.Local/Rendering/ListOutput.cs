using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace BelcoFunctions.Local.Rendering;

/// <summary>Shows a list as a table for people, or as JSON for programs.</summary>
internal static class ListOutput
{
    public enum Format { Table, Json }

    private const int RedirectedWidth = 1_000;

    // The output is a terminal's or a file's, never a page's.
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<Format> Option() => new("--output")
    {
        Description = "A table for people, or json for programs.",
        DefaultValueFactory = _ => Format.Table,
    };

    /// <param name="format">How to show it.</param>
    /// <param name="rows">What to show; JSON has all properties of each.</param>
    /// <param name="nothing">The sentence for an empty table.</param>
    /// <param name="columns">What a table shows of a row.</param>
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
        // A file or a pipe has no edge at which a reason or an id would have to be broken.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        AnsiConsole.Write(table);
    }

    public static void WriteJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));
}
