using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Tests.Storage;

namespace BelcoFunctions.Local.Tests.Queueing;

public sealed class QueueDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("user_version", "1")]
    public void A_new_file_is_durable_and_has_a_version(string pragma, string value)
    {
        using var connection = QueueDatabase.Open(folder.Path, create: true);

        Assert.Equal(value, connection.QuerySingle($"PRAGMA {pragma}", row => row.GetString(0)));
    }

    [Fact]
    public void A_file_of_a_later_version_is_left_alone_and_that_is_a_sentence()
    {
        using (var connection = QueueDatabase.Open(folder.Path, create: true)) connection.Execute("PRAGMA user_version = 2");

        var failure = Assert.Throws<LocalHostException>(() => SqliteQueue.Open(folder.Path, TimeProvider.System));

        Assert.Contains("has version 2, but this belco only knows version 1. Use the belco that wrote it", failure.Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_a_sentence()
    {
        File.WriteAllText(folder[QueueDatabase.FileName], new string('x', 10_000));

        AssertSentence("file is not a database");
    }

    [Fact]
    public void A_damaged_file_is_a_sentence()
    {
        QueueDatabase.Open(folder.Path, create: true).Dispose();
        using (var file = File.OpenWrite(folder[QueueDatabase.FileName]))
        {
            file.Position = 100;
            file.Write(new byte[file.Length - 100]);
        }

        AssertSentence("malformed");
    }

    [Fact]
    public void A_folder_in_its_place_is_a_sentence()
    {
        Directory.CreateDirectory(folder[QueueDatabase.FileName]);

        AssertSentence("unable to open database file");
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_is_a_sentence()
    {
        using var other = QueueDatabase.Open(folder.Path, create: true);
        other.Execute("BEGIN IMMEDIATE");

        await Task.Run(() => AssertSentence("database is locked"));
    }

    private void AssertSentence(string reason)
    {
        var failure = Assert.Throws<LocalHostException>(() => SqliteQueue.Open(folder.Path, TimeProvider.System));
        Assert.StartsWith($"The queue file {folder[QueueDatabase.FileName]} cannot be opened: ", failure.Message);
        Assert.Contains(reason, failure.Message);
    }
}
