using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Generator;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>Each cell of each file equals the value in the table, read by independent software.</summary>
public sealed class ExportFormatTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly ExportSelection All = new(EventFactory.ShopId, new ConversationFilter());

    private static readonly string[] EventColumns = [.. RowColumns.Event.Select(column => column.Name)];

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var content in Enum.GetNames<ExportContent>())
            {
                foreach (var format in Enum.GetNames<ExportFormat>()) files.Add(content, format);
            }

            return files;
        }
    }

    [AzuriteTheory]
    [MemberData(nameof(Files))]
    public async Task Another_reader_sees_each_value_of_each_row(string contentName, string formatName)
    {
        var (content, format) = (Enum.Parse<ExportContent>(contentName), Enum.Parse<ExportFormat>(formatName));
        await FillAsync();
        var columns = StoredValues.ColumnsOf(content);

        using var file = await ExportedFile.WriteAsync(Table, new ExportRequest(All, content, format));

        var expected = await StoredValues.ReadAsync(Table, content);
        Assert.Equal(expected.Count, file.Rows.Count);
        Assert.True(expected.Count > 50);
        var found = format switch
        {
            ExportFormat.Csv => DuckDb.Csv(file.Path, [.. columns.Select(column => column.Name), CsvRows.TruncatedCells]),
            ExportFormat.Jsonl => DuckDb.JsonLines(file.Path, columns.Select(column => column.Name)),
            _ => DuckDb.Parquet(file.Path),
        };
        Assert.Equal(expected.Count, found.Count);
        foreach (var (row, cells) in expected.Zip(found))
        {
            foreach (var (index, column) in columns.Index())
                ExportedCell.AssertIs(column, format, row[column.Name], cells[index]);
            if (format is not ExportFormat.Csv) continue;
            var tooLong = columns.Select(column => column.Name).Where(name => ExportedCell.IsTooLong(row[name])).ToList();
            Assert.Equal(tooLong.Count == 0 ? null : string.Join(' ', tooLong), cells[^1]);
        }

        if (format is ExportFormat.Csv && content is not ExportContent.Conversations)
            Assert.Contains(expected, row => row.Values.Any(ExportedCell.IsTooLong));
    }

    [AzuriteTheory]
    [InlineData("Conversations")]
    [InlineData("Timeline")]
    [InlineData("Events")]
    public async Task Csv_with_semicolons_has_the_same_cells_and_a_decimal_comma(string contentName)
    {
        var content = Enum.Parse<ExportContent>(contentName);
        await FillAsync();
        List<string> names = [.. StoredValues.ColumnsOf(content).Select(column => column.Name), CsvRows.TruncatedCells];
        var request = new ExportRequest(All, content, ExportFormat.Csv);
        using var commas = await ExportedFile.WriteAsync(Table, request);
        using var semicolons = await ExportedFile.WriteAsync(
            Table, request with { Csv = new() { Delimiter = CsvDelimiter.Semicolon } });

        var expected = DuckDb.Csv(commas.Path, names);
        var found = DuckDb.Csv(semicolons.Path, names, ';');

        if (content is ExportContent.Conversations)
        {
            Assert.Equal("firstResponseSeconds", names[^2]);
            Assert.Contains(expected, row => row[^2]?.Contains('.') is true);
            foreach (var row in expected) row[^2] = row[^2]?.Replace('.', ',');
        }

        Assert.Equal(expected, found);
    }

    [AzuriteFact]
    public async Task A_parquet_column_has_the_type_of_its_values()
    {
        await Table.ProjectAsync(Reply("c", 1));
        foreach (var content in Enum.GetValues<ExportContent>())
        {
            using var file = await ExportedFile.WriteAsync(Table, new ExportRequest(All, content, ExportFormat.Parquet));
            Assert.Equal(StoredValues.ColumnsOf(content).Select(column => (column.Name, TypeOf(column.Type))),
                DuckDb.Describe(file.Path));
        }

        static string TypeOf(ColumnType type) => type switch
        {
            ColumnType.Text or ColumnType.Json => "VARCHAR",
            ColumnType.Time => "TIMESTAMP WITH TIME ZONE",
            ColumnType.WholeNumber => "INTEGER",
            ColumnType.Number => "DOUBLE",
            ColumnType.Boolean => "BOOLEAN",
            _ => "BLOB",
        };
    }

    [AzuriteFact]
    public async Task Csv_follows_RFC_4180_with_an_optional_byte_order_mark()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var request = new ExportRequest(All, ExportContent.Conversations, ExportFormat.Csv);
        using var withMark = await ExportedFile.WriteAsync(Table, request);
        using var without = await ExportedFile.WriteAsync(Table, request with { Csv = new() { HasByteOrderMark = false } });

        var bytes = await File.ReadAllBytesAsync(withMark.Path);
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        Assert.Equal(bytes[3..], await File.ReadAllBytesAsync(without.Path));
        var lines = (await File.ReadAllTextAsync(without.Path)).Split("\r\n");
        Assert.Equal(
            string.Join(',', NamedColumns.Conversation.Columns.Select(column =>
                column.Type is ColumnType.Time ? $"{column.Name} (UTC)" : column.Name)) + ",truncatedCells",
            lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
    }

    [AzuriteFact]
    public async Task Raw_csv_has_texts_as_they_are()
    {
        await Table.ProjectAsync(HostileEvents.Messages);
        using var file = await ExportedFile.WriteAsync(
            Table, new ExportRequest(All, ExportContent.Timeline, ExportFormat.Csv) { Csv = new() { IsRaw = true } });

        // DuckDB does not read U+0000.
        var text = await File.ReadAllTextAsync(file.Path);
        Assert.All(HostileEvents.Texts.Where(hostile => hostile.Length > 0),
            hostile => Assert.Contains(hostile.Replace("\"", "\"\"", StringComparison.Ordinal), text, StringComparison.Ordinal));
        Assert.DoesNotContain("\"'=", text, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("UTC", "UTC", "2025-06-11 09:00:01")]
    [InlineData("Europe/Amsterdam", "Europe/Amsterdam", "2025-06-11 11:00:01")]
    [InlineData("Asia/Kolkata", "Asia/Kolkata", "2025-06-11 14:30:01")]
    [InlineData(null, null, "2025-06-11T09:00:01.000Z")]
    public async Task Times_are_in_the_time_zone_that_the_header_names(string? zone, string? header, string time)
    {
        await Table.ProjectAsync(Reply("c", 1));
        foreach (var delimiter in Enum.GetValues<CsvDelimiter>())
        {
            using var file = await ExportedFile.WriteAsync(Table, new ExportRequest(All, ExportContent.Timeline, ExportFormat.Csv)
            {
                Csv = new()
                {
                    Delimiter = delimiter,
                    TimeZone = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone),
                },
            });

            var column = header is null ? "at" : $"at ({header})";
            Assert.Equal(time, DuckDb.Query(
                $"SELECT \"{column}\" FROM read_csv('{file.Path}', delim = '{(delimiter is CsvDelimiter.Comma ? ',' : ';')}', "
                + "all_varchar = true)").Single()[0]);
            Assert.Equal(zone is null ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP", DuckDb.Query(
                $"SELECT column_type FROM (DESCRIBE SELECT * FROM read_csv('{file.Path}')) WHERE column_name = '{column}'")
                .Single()[0]);
        }
    }

    [AzuriteTheory]
    [InlineData("Csv")]
    [InlineData("Jsonl")]
    [InlineData("Parquet")]
    public async Task Events_have_the_bytes_that_Belco_sent(string formatName)
    {
        var format = Enum.Parse<ExportFormat>(formatName);
        byte[][] bodies = [.. HostileEvents.Bodies];
        List<QueuedEvent> queued = [];
        foreach (var body in bodies) queued.Add(await ReceiveAsync(body));
        Assert.Contains(queued, e => e.PayloadBlob is not null);
        await Table.ProjectAsync([.. queued]);

        using var file = await ExportedFile.WriteAsync(
            Table, new ExportRequest(All, ExportContent.Events, format) { Csv = new() { IsRaw = true, TimeZone = null } });

        var found = format switch
        {
            ExportFormat.Csv => DuckDb.Csv(file.Path, EventColumns).Select(row => DuckDb.Hex(DuckDb.Utf8(row[^1]!))),
            ExportFormat.Jsonl => DuckDb.JsonLines(file.Path, ["raw"]).Select(row => DuckDb.Hex(DuckDb.Utf8(row[0]!))),
            _ => DuckDb.Parquet(file.Path).Select(row => row[^1]!),
        };
        Assert.Equal(bodies.Select(DuckDb.Hex), found);
    }

    [AzuriteTheory]
    [InlineData("Csv")]
    [InlineData("Jsonl")]
    [InlineData("Parquet")]
    public async Task An_event_whose_blob_is_missing_has_a_row_without_bytes_and_is_counted(string formatName)
    {
        var format = Enum.Parse<ExportFormat>(formatName);
        var large = await ReceiveAsync(EventFactory.ReplyOfSize(200_000));
        await Table.ProjectAsync(large, Reply("c", 2));
        await Table.Payloads.DeleteAsync(large.PayloadBlob!, CancellationToken.None);

        using var file = await ExportedFile.WriteAsync(
            Table, new ExportRequest(All, ExportContent.Events, format) { Csv = new() { IsRaw = true } });

        Assert.Equal(new ExportedRows(2, Missing: 1), file.Rows);
        var found = format switch
        {
            ExportFormat.Csv => DuckDb.Csv(file.Path, EventColumns),
            ExportFormat.Jsonl => DuckDb.JsonLines(file.Path, EventColumns),
            _ => DuckDb.Parquet(file.Path),
        };
        Assert.Equal([true, false], found.Select(row => row[^1] is null));
        Assert.All(found, row => Assert.NotNull(row[0]));
    }

    [AzuriteTheory]
    [InlineData("Csv", 1)]
    [InlineData("Jsonl", 0)]
    [InlineData("Parquet", 0)]
    public async Task Where_nothing_matches_a_file_has_no_rows(string formatName, int lines)
    {
        var format = Enum.Parse<ExportFormat>(formatName);
        await Table.ProjectAsync(Reply("c", 1));
        var none = All with { Filter = new ConversationFilter(Status: "none") };

        using var file = await ExportedFile.WriteAsync(Table, new ExportRequest(none, ExportContent.Conversations, format));

        Assert.Equal((0, 0), (file.Rows.Count, file.Rows.Missing));
        Assert.Equal("No conversation has the status \"none\".", Assert.Single(file.Rows.Notes));
        if (format is ExportFormat.Parquet) Assert.Empty(DuckDb.Parquet(file.Path));
        else Assert.Equal(lines, (await File.ReadAllLinesAsync(file.Path)).Length);
    }

    private async Task FillAsync()
    {
        var shop = new GeneratedShop(GeneratedShop.DefaultSeed, EventFactory.ShopId).Deliveries(30, EventFactory.Start);
        await Table.ProjectAsync([.. shop.Select(delivery => delivery.Webhook.ToUtf8().ToQueued())]);
        await Table.ProjectAsync(HostileEvents.Messages);
        await HostileEvents.NameAsync(Table);
        foreach (var body in HostileEvents.Bodies) await Table.ProjectAsync(await ReceiveAsync(body));
    }
}
