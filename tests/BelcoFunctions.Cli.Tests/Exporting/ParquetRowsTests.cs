using System.Globalization;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Tests.Exporting;

public sealed class ParquetRowsTests
{
    private const int MaxBytes = 40 * 1024 * 1024;

    private static readonly RowColumn[] Columns = [RowColumn.Added("text"), RowColumns.Event[^1]];

    [Fact]
    public async Task A_row_group_is_limited_in_rows() =>
        Assert.Equal([50_000, 50_000, 1], await WriteAsync(100_001, textLength: 5, bytes: 5));

    [Fact]
    public async Task A_row_group_is_limited_in_bytes()
    {
        var groups = await WriteAsync(100, textLength: 100_000, bytes: 1_000_000);
        Assert.Equal(100, groups.Sum());
        Assert.All(groups, rows => Assert.InRange(rows * 1_200_000, 1, MaxBytes));
        Assert.True(groups.Count > 3);
    }

    /// <summary>Writes different rows, reads them back, and returns the number of rows in each group.</summary>
    private static async Task<List<int>> WriteAsync(int rows, int textLength, int bytes)
    {
        var folder = Directory.CreateTempSubdirectory("belco-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "rows.parquet");
            await using (var output = File.Create(path))
            {
                var writer = new ParquetRows(output, Columns);
                for (var number = 0; number < rows; number++)
                {
                    var text = number.ToString(CultureInfo.InvariantCulture).PadLeft(textLength, 'x');
                    await writer.WriteAsync([text, new ReadOnlyMemory<byte>(new byte[bytes])], default);
                }

                await writer.CompleteAsync(default);
            }

            var read = Assert.Single(DuckDb.Query(
                $"SELECT count(DISTINCT text), min(length(text)), min(octet_length(raw)) FROM read_parquet('{path}')"));
            Assert.Equal($"{rows} {textLength} {bytes}", string.Join(' ', read));
            return [.. DuckDb.Query(
                    $"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{path}') ORDER BY 1")
                .Select(group => int.Parse(group[1]!, CultureInfo.InvariantCulture))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
