using System.Diagnostics;
using System.Text;
using System.Text.Json;
using BelcoFunctions.Cli.Azurite;

namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>Finds errors in queries with the language service and the documented columns of the tables.</summary>
internal static class KustoChecker
{
    /// <summary>Checks all queries in one process, since the language service takes a second to load.</summary>
    /// <returns>The errors of each query, in the order of the queries.</returns>
    public static async Task<string[][]> ErrorsAsync(IReadOnlyCollection<KustoQuery> queries)
    {
        var (node, folder) = await KustoLanguageService.EnsureAsync();
        var script = Path.Combine(KustoLanguageService.Source, "check.cjs");
        using var process = ProgramRun.Start(new ProcessStartInfo(node, [script, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        });
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(queries, JsonSerializerOptions.Web));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        return JsonSerializer.Deserialize<string[][]>(await output)!;
    }
}
