using BelcoFunctions.Pipeline.Queries;
using Parquet;
using Parquet.Schema;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes rows as Parquet with typed columns. The size of a row group is limited, because it stays in memory until
/// it is written.</summary>
internal sealed class ParquetRows : IRowWriter
{
    private const int GroupRows = 50_000;
    private const int GroupBytes = 16 * 1024 * 1024;
    private const int ObjectBytes = 24;
    private const int PooledBytes = 16 * 1024 * 1024;

    // Without this, the library's pool of buffers has no limit.
    private static readonly ParquetOptions Options = new()
    {
        CompressionMethod = CompressionMethod.Snappy,
        MaximumSmallPoolFreeBytes = PooledBytes,
        MaximumLargePoolFreeBytes = PooledBytes,
    };

    private readonly Stream output;
    private readonly IReadOnlyList<RowColumn> columns;
    private readonly ParquetSchema schema;
    private readonly List<IReadOnlyList<object?>> group = [];
    private long groupBytes;
    private ParquetWriter? parquet;

    public ParquetRows(Stream output, IReadOnlyList<RowColumn> columns)
    {
        (this.output, this.columns) = (output, columns);
        schema = new ParquetSchema(columns.Select(Field));
    }

    public async ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        group.Add(row);
        groupBytes += row.Sum(Bytes);
        if (group.Count >= GroupRows || groupBytes >= GroupBytes) await WriteGroupAsync(cancellationToken);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (group.Count > 0) await WriteGroupAsync(cancellationToken);
        await (await OpenAsync(cancellationToken)).DisposeAsync();
    }

    private async ValueTask<ParquetWriter> OpenAsync(CancellationToken cancellationToken) =>
        parquet ??= await ParquetWriter.CreateAsync(schema, output, Options, cancellationToken: cancellationToken);

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using (var writer = (await OpenAsync(cancellationToken)).CreateRowGroup())
        {
            foreach (var (index, column) in columns.Index())
                await WriteColumnAsync(writer, schema.DataFields[index], column.Type, index, cancellationToken);
            writer.CompleteValidate();
        }

        group.Clear();
        groupBytes = 0;
    }

    private Task WriteColumnAsync(
        ParquetRowGroupWriter writer, DataField field, ColumnType type, int index, CancellationToken cancellationToken)
    {
        return type switch
        {
            ColumnType.Text or ColumnType.Json => writer.WriteAsync(field, Texts()),
            ColumnType.Bytes => writer.WriteAsync(field, Bytes()),
            ColumnType.Time => WriteAsync(value => value is DateTimeOffset time ? time.UtcDateTime : (DateTime?)null),
            ColumnType.WholeNumber => WriteAsync(value => (int?)value),
            ColumnType.Number => WriteAsync(value => (double?)value),
            ColumnType.Boolean => WriteAsync(value => (bool?)value),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

        string?[] Texts() => [.. group.Select(row => (string?)row[index])];

        byte[]?[] Bytes() => [.. group.Select(row => ((ReadOnlyMemory<byte>?)row[index])?.ToArray())];

        Task WriteAsync<T>(Func<object?, T?> read) where T : struct => writer.WriteAsync<T>(
            field, group.Select(row => read(row[index])).ToArray(), cancellationToken: cancellationToken);
    }

    private static DataField Field(RowColumn column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Json => new DataField<string>(column.Name, nullable: true),
        ColumnType.Bytes => new DataField<byte[]>(column.Name, nullable: true),
        ColumnType.Time => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true,
            unit: DateTimeTimeUnit.Millis, isNullable: true),
        ColumnType.WholeNumber => new DataField<int>(column.Name, nullable: true),
        ColumnType.Number => new DataField<double>(column.Name, nullable: true),
        ColumnType.Boolean => new DataField<bool>(column.Name, nullable: true),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    // The approximate memory that a value takes.
    private static long Bytes(object? value) => sizeof(long) + value switch
    {
        null => 0,
        string text => ObjectBytes + text.Length * sizeof(char),
        ReadOnlyMemory<byte> bytes => ObjectBytes + bytes.Length,
        _ => ObjectBytes,
    };
}
