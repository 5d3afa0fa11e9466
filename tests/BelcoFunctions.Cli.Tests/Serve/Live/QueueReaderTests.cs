using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Tests.Serve.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Cli.Tests.Serve.Live;

public sealed class QueueReaderTests : QueueTests
{
    [Fact]
    public async Task It_counts_once_for_all_readers_and_not_at_all_while_nothing_changes()
    {
        using var reader = Reader();
        await Open.EnqueueAsync("one", "two");
        for (var look = 0; look < 100; look++) Assert.Equal(2, Depth(reader));
        Assert.Equal(1, reader.Counts);

        for (var second = 0; second < 100; second++)
        {
            Open.Time.Advance(QueueReader.Interval);
            Assert.Equal(2, Depth(reader));
        }

        Assert.Equal(1, reader.Counts);
    }

    [Fact]
    public async Task Pumps_that_find_nothing_change_nothing()
    {
        using var reader = Reader();
        var before = reader.Read();
        for (var second = 0; second < 10; second++)
        {
            foreach (var name in QueueNames.All) Assert.Empty(await Open.ReceiveDueAsync(name));
            Open.Time.Advance(QueueReader.Interval);
            Assert.Same(before, reader.Read());
        }

        Assert.Equal(1, reader.Counts);
    }

    [Fact]
    public async Task It_sees_what_the_writer_and_what_another_process_changed()
    {
        using var reader = Reader();
        Assert.Equal(0, Depth(reader));
        await Open.EnqueueAsync("one");
        Open.Time.Advance(QueueReader.Interval);
        Assert.Equal(1, Depth(reader));
        Assert.Equal(OpenQueue.Event("one").ReceivedAt, Queue(reader).OldestReceivedAt);

        await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "An error."));
        Open.Time.Advance(QueueReader.Interval);
        Assert.Equal((0, 1), (Depth(reader), Queue(reader).DeadLetters));

        using (var other = QueueDatabase.Open(Open.Folder, create: false)) DeadLetterRows.Redrive(other, new());
        Open.Time.Advance(QueueReader.Interval);
        Assert.Equal((1, 0), (Depth(reader), Queue(reader).DeadLetters));
    }

    private QueueReader Reader() => new(Open.Queue, Open.Time, NullLogger<QueueReader>.Instance);

    private static Viewer.Shared.QueueState Queue(QueueReader reader) =>
        reader.Read().Single(queue => queue.Name == OpenQueue.Name);

    private static int Depth(QueueReader reader) => Queue(reader).Depth;
}
