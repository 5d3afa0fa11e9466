using System.CommandLine;
using BelcoFunctions.Benchmarks.Reporting;

namespace BelcoFunctions.Benchmarks;

/// <summary>Prints the figures of a file as the tables of docs/performance.md and docs/performance-method.md.</summary>
internal static class TableCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "What --output has written." };
        file.AcceptExistingOnly();
        var command = new Command("table", """
            Prints figures as Markdown tables.

            Example: dotnet run -c Release --project tests/BelcoFunctions.Benchmarks -- table figures.json
            """)
        { file };
        command.SetAction(parsed => Console.WriteLine(ReportTable.ToMarkdown(Report.Read(parsed.GetValue(file)!.FullName))));
        return command;
    }
}
