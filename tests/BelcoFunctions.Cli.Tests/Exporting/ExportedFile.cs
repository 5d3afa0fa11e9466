using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>An export of a test's table, in a temporary file.</summary>
internal sealed class ExportedFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-tests-");

    private ExportedFile() { }

    public string Path => System.IO.Path.Combine(folder.FullName, "export");

    public ExportedRows Rows { get; private set; } = new(0, 0);

    public static async Task<ExportedFile> WriteAsync(
        TestTable table, ExportRequest request, params IReadOnlyList<Interceptor> interceptors)
    {
        var file = new ExportedFile();
        try
        {
            var run = new ExportRun(
                new ExportQueries(table.Conversations(interceptors), new PayloadReader(table.PayloadsThrough(interceptors))),
                new NameQueries(table.Conversations(interceptors), TimeProvider.System), new Progress<int>());
            await using var output = File.Create(file.Path);
            file.Rows = await run.RunAsync(request, output, CancellationToken.None);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
