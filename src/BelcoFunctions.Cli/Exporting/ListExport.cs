using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Conversations;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Exports the lists of the viewer as <c>belco export --what conversations</c> does.</summary>
internal sealed class ListExport(ExportQueries queries, NameQueries names, ShopQueries shops) : IConversationExport
{
    private static readonly ConversationFormat Commas = Csv("csv", "CSV");
    private static readonly ConversationFormat Semicolons =
        Csv("csv-semicolon", "CSV with semicolons, for Excel with Dutch or German settings");
    private static readonly ConversationFormat JsonLines =
        new("jsonl", "JSON Lines", "conversations.jsonl", "application/x-ndjson; charset=utf-8");

    public IReadOnlyList<ConversationFormat> Formats { get; } = [Commas, Semicolons, JsonLines];

    public async Task<bool> WriteAsync(string shopId, ConversationFilter filter, ConversationFormat format, Stream output,
        CancellationToken cancellationToken)
    {
        if (!await shops.ExistsAsync(shopId, cancellationToken)) return false;
        var request = new ExportRequest(new ExportSelection(shopId, filter), ExportContent.Conversations,
            format == JsonLines ? ExportFormat.Jsonl : ExportFormat.Csv)
        {
            Csv = new CsvOptions { Delimiter = format == Semicolons ? CsvDelimiter.Semicolon : CsvDelimiter.Comma },
        };
        await new ExportRun(queries, names, new Progress<int>()).RunAsync(request, output, cancellationToken);
        return true;
    }

    private static ConversationFormat Csv(string name, string title) =>
        new(name, title, "conversations.csv", "text/csv; charset=utf-8");
}
