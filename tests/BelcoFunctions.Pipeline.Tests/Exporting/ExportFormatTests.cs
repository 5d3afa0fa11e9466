using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Generator;
using BelcoFunctions.Local.Exporting;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Exporting;

/// <summary>Each cell of each file is the value in the table, as a reader that others wrote sees it.</summary>
public sealed class ExportFormatTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Bom = "\uFEFF";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\r\n" };

    private static readonly ExportSelection All = new(EventFactory.ShopId, new ConversationFilter());

    private static readonly string[] EventColumns = [.. RowColumns.Event.Select(column => column.Name)];

    private static readonly string[] HostileTexts =
    [
        "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "'quoted", "a\"b\"\"c",
        "a,b;c\td", "line\r\nbreak\nand\rmore\r\n", "😀𝒳\u202E", "\u2028\u2029\u0085", "nul\0in\0it", " space ", "",
        Bom + "first", "NULL", "-12.5", "true", new string('é', 100_000), "back\\slash", "\u0001\u001F",
    ];

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
        var columns = ColumnsOf(content);

        using var file = await ExportedFile.WriteAsync(Table, new ExportRequest(All, content, format));

        var expected = await ExpectedAsync(content);
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
                AssertCell(column, format, row[column.Name], cells[index]);
            if (format is not ExportFormat.Csv) continue;
            var tooLong = columns.Where(column => IsTooLong(row[column.Name])).Select(column => column.Name).ToList();
            Assert.Equal(tooLong.Count == 0 ? null : string.Join(' ', tooLong), cells[^1]);
        }

        if (format is ExportFormat.Csv && content is not ExportContent.Conversations)
            Assert.Contains(expected, row => row.Values.Any(IsTooLong));
    }

    [AzuriteTheory]
    [InlineData("Conversations")]
    [InlineData("Timeline")]
    [InlineData("Events")]
    public async Task Csv_with_semicolons_has_the_same_cells_and_a_decimal_comma(string contentName)
    {
        var content = Enum.Parse<ExportContent>(contentName);
        await FillAsync();
        List<string> names = [.. ColumnsOf(content).Select(column => column.Name), CsvRows.TruncatedCells];
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
            Assert.Equal(ColumnsOf(content).Select(column => (column.Name, TypeOf(column.Type))), DuckDb.Describe(file.Path));
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
    public async Task Csv_is_as_RFC_4180_says_with_a_byte_order_mark_unless_it_is_not_wanted()
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
            string.Join(',', RowColumns.Conversation.Select(column =>
                column.Type is ColumnType.Time ? $"{column.Name} (UTC)" : column.Name)) + ",truncatedCells",
            lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
    }

    [AzuriteFact]
    public async Task Raw_csv_has_texts_as_they_are()
    {
        await Table.ProjectAsync(Texts());
        using var file = await ExportedFile.WriteAsync(
            Table, new ExportRequest(All, ExportContent.Timeline, ExportFormat.Csv) { Csv = new() { IsRaw = true } });

        // DuckDB does not read U+0000.
        var text = await File.ReadAllTextAsync(file.Path);
        Assert.All(HostileTexts.Where(hostile => hostile.Length > 0),
            hostile => Assert.Contains(hostile.Replace("\"", "\"\"", StringComparison.Ordinal), text, StringComparison.Ordinal));
        Assert.DoesNotContain("\"'=", text, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("UTC", "UTC", "2025-06-11 09:00:01")]
    [InlineData("Europe/Amsterdam", "Europe/Amsterdam", "2025-06-11 11:00:01")]
    [InlineData("Asia/Kolkata", "Asia/Kolkata", "2025-06-11 14:30:01")]
    [InlineData(null, null, "2025-06-11T09:00:01.000Z")]
    public async Task Times_are_those_of_the_zone_in_the_header(string? zone, string? header, string time)
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
        byte[][] bodies = [.. Bodies()];
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

        Assert.Equal(new ExportedRows(0, 0), file.Rows);
        if (format is ExportFormat.Parquet) Assert.Empty(DuckDb.Parquet(file.Path));
        else Assert.Equal(lines, (await File.ReadAllLinesAsync(file.Path)).Length);
    }

    private async Task FillAsync()
    {
        var shop = new GeneratedShop(GeneratedShop.DefaultSeed, EventFactory.ShopId).Deliveries(30, EventFactory.Start);
        await Table.ProjectAsync([.. shop.Select(delivery => delivery.Webhook.ToUtf8().ToQueued())]);
        await Table.ProjectAsync(Texts());
        foreach (var body in Bodies()) await Table.ProjectAsync(await ReceiveAsync(body));
    }

    // The last message of a conversation is in its row too.
    private static QueuedEvent[] Texts() => [.. HostileTexts.Select((text, index) => EventFactory.Reply(
        $"hostile-{index}", index, item =>
        {
            item["body"] = text;
            item["attachments"] = new JsonArray(new JsonObject { ["name"] = text.Truncate(100), ["n"] = 1.50m });
        }).ToQueued())];

    private static IEnumerable<byte[]> Bodies()
    {
        var plain = JsonNode.Parse(EventFactory.Reply("bytes", 1))!;
        yield return DuckDb.Utf8(JsonSerializer.Serialize(plain, Pretty));
        yield return DuckDb.Utf8(Bom + At(2));
        yield return DuckDb.Utf8("\t\r\n " + At(3) + "\r\n");
        yield return EventFactory.Reply("bytes", 4, item => item["body"] = new string('x', 300_000));
        yield return DuckDb.Utf8(At(5, "\\u0041\\/\\n\\ud83d\\ude00 😀𝒳 \u2028 \\u0000 \\\"quoted\\\""));
        yield return DuckDb.Utf8(At(6, new string('€', 60_000)));

        static string At(int second, string body = "text") => Encoding.UTF8.GetString(
            EventFactory.Reply("bytes", second, item => item["body"] = "BODY")).Replace("BODY", body, StringComparison.Ordinal);
    }

    private static IReadOnlyList<RowColumn> ColumnsOf(ExportContent content) => content switch
    {
        ExportContent.Conversations => RowColumns.Conversation,
        ExportContent.Timeline => RowColumns.Timeline,
        _ => RowColumns.Event,
    };

    /// <summary>The values that the table has, read by the SDK alone.</summary>
    private async Task<List<Dictionary<string, object?>>> ExpectedAsync(ExportContent content)
    {
        var rows = await Table.RowsAsync(content is ExportContent.Conversations ? "conversation_" : "timeline_");
        List<Dictionary<string, object?>> expected = [];
        foreach (var row in rows)
        {
            var values = ColumnsOf(content).ToDictionary(column => column.Name, column =>
                (object?)row[char.ToUpperInvariant(column.Name[0]) + column.Name[1..]]);
            if (values.ContainsKey("body")) values["body"] = Join(row, "Body");
            if (values.ContainsKey("attachments")) values["attachments"] = Join(row, "Attachments");
            if (values.ContainsKey("firstResponseSeconds")) values["firstResponseSeconds"] = FirstResponse(row);
            if (values.ContainsKey("raw")) values["raw"] = await RawAsync(row);
            expected.Add(values);
        }

        return expected;
    }

    private static string? Join(TableEntity row, string column) => row.GetString(column) is null ? null : string.Concat(
        Enumerable.Range(1, 9).Select(part => row[part == 1 ? column : column + part] as string));

    private static object? FirstResponse(TableEntity row) =>
        row.GetDateTimeOffset("FirstAgentMessageAt") > row.GetDateTimeOffset("FirstCustomerMessageAt")
            ? (row.GetDateTimeOffset("FirstAgentMessageAt") - row.GetDateTimeOffset("FirstCustomerMessageAt"))!.Value.TotalSeconds
            : null;

    private async Task<byte[]> RawAsync(TableEntity row) => row.GetString("RawBlob") is { } blob
        ? (await Table.Payloads.GetAsync(blob, CancellationToken.None))!
        : [.. Enumerable.Range(1, 9).SelectMany(part => row[part == 1 ? "Raw" : $"Raw{part}"] as byte[] ?? [])];

    private static void AssertCell(RowColumn column, ExportFormat format, object? value, string? cell)
    {
        switch (value)
        {
            case null:
                Assert.Null(cell);
                break;
            case string json when column.Type is ColumnType.Json && format is ExportFormat.Jsonl:
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(cell!)));
                break;
            case string text when format is ExportFormat.Csv:
                Assert.Equal(InCell(InCsv(text)), cell);
                break;
            case DateTimeOffset time when format is ExportFormat.Csv:
                Assert.Equal(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), cell);
                break;
            case byte[] bytes when format is ExportFormat.Csv:
                Assert.Equal(InCell(Encoding.UTF8.GetString(bytes)), cell);
                break;
            case byte[] bytes when format is ExportFormat.Parquet:
                Assert.Equal(DuckDb.Hex(bytes), cell);
                break;
            case byte[] bytes:
                Assert.Equal(bytes, DuckDb.Utf8(cell!));
                break;
            case double number:
                Assert.Equal(number, double.Parse(cell!, CultureInfo.InvariantCulture));
                break;
            default:
                Assert.Equal(Text(value), cell);
                break;
        }
    }

    private static bool IsTooLong(object? value) => value switch
    {
        string text => InCell(InCsv(text)) != InCsv(text),
        byte[] bytes => Encoding.UTF8.GetString(bytes) is var text && InCell(text) != text,
        _ => false,
    };

    // Quotes are doubled in the file.
    private static string InCell(string text)
    {
        if (Written(text) <= 32_000) return text;
        var end = Math.Min(text.Length, 31_999);
        while (Written(text[..end]) > 31_999) end--;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";

        static int Written(string text) => text.Length + text.Count(character => character == '"');
    }

    private static string InCsv(string text) =>
        (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" : "")
        + text.Replace('\0', '\uFFFD');

    private static string Text(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
