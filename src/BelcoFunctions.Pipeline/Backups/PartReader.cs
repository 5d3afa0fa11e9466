using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Reads the lines of a file of a backup, one at a time, and counts and hashes them.</summary>
internal sealed class PartReader(string path)
{
    // The largest body that a host takes, in base64. A longer line is no line of a backup, and must not fill the memory.
    private const int MaxLine = 256 * 1024 * 1024;

    private const byte NewLine = (byte)'\n';

    private static readonly StreamPipeReaderOptions LargeBuffers = new(bufferSize: 1024 * 1024);

    /// <summary>The file, once all its lines are read.</summary>
    public BackupFile? File { get; private set; }

    /// <exception cref="FormatException">The file ends within a line, or a line is too long.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var input = PipeReader.Create(stream, LargeBuffers);
        var (lines, bytes) = (0L, 0L);
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf(NewLine) is { } end)
            {
                var line = rest.Slice(0, rest.GetPosition(1, end)).ToArray();
                rest = rest.Slice(line.Length);
                hash.AppendData(line);
                (lines, bytes) = (lines + 1, bytes + line.Length);
                yield return line.AsMemory(0, line.Length - 1);
            }

            if (rest.Length > MaxLine) throw new FormatException("It has a line that is too long.");
            if (read.IsCompleted && !rest.IsEmpty) throw new FormatException("Its end is missing.");
            input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        File = new BackupFile(Path.GetFileName(path), lines, bytes, Convert.ToHexString(hash.GetHashAndReset()));
    }
}
