using System.Buffers;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Writes a part: rows, and the payloads that they name. Killed at any point, there is either no file with the rows, or
/// both files are complete.</summary>
internal sealed class PartWriter(BackupFolder folder, PartName name) : IDisposable
{
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly FileStream rows = folder.CreatePartial(name);
    private FileStream? payloads;

    /// <summary>The bytes so far.</summary>
    public long Bytes { get; private set; }

    private PartName PayloadsName => name with { HasRows = false };

    public void Write(TableEntity row)
    {
        RowLine.Write(row, line);
        End(rows);
    }

    public void Write(PayloadLine payload)
    {
        if (!written.Add(payload.Name)) return;
        payloads ??= folder.CreatePartial(PayloadsName);
        payload.Write(line);
        End(payloads);
    }

    /// <summary>Completes the payloads first: once the file with the rows has its name, the part is not read again.</summary>
    public void Complete()
    {
        if (payloads is not null) folder.Complete(PayloadsName, payloads);
        folder.Complete(name, rows);
    }

    public void Dispose()
    {
        payloads?.Dispose();
        rows.Dispose();
    }

    private void End(FileStream file)
    {
        line.Write("\n"u8);
        file.Write(line.WrittenSpan);
        Bytes += line.WrittenCount;
        line.ResetWrittenCount();
    }
}
