namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes rows to a stream in a file format.</summary>
internal interface IRowWriter
{
    /// <summary>Writes a row: a value for each column.</summary>
    ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken);

    /// <summary>Writes what is buffered, and the end of the file. Without this call, the file is incomplete.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
