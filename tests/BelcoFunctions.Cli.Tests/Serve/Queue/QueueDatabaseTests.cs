using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

public sealed class QueueDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("user_version", "4")]
    [InlineData("secure_delete", "1")]
    public void A_new_file_is_durable_and_has_a_version(string pragma, string value)
    {
        using var connection = QueueDatabase.Open(folder.Path, create: true);

        Assert.Equal(value, connection.QuerySingle($"PRAGMA {pragma}", row => row.GetString(0)));
    }

    [Fact]
    public void A_file_of_version_1_is_upgraded_and_keeps_its_rows()
    {
        List<string> schema;
        using (var connection = QueueDatabase.Open(folder.Path, create: true))
        {
            schema = ReadSchema(connection);
            connection.Execute(
                """
                INSERT INTO payloads VALUES ('kept', x'', 0);
                DROP INDEX dead_letters_oldest_first;
                DROP INDEX dead_letters_with_payload;
                DROP INDEX payloads_by_age;
                PRAGMA user_version = 1
                """);
        }

        using var upgraded = QueueDatabase.Open(folder.Path, create: false);

        Assert.Equal("4", upgraded.QuerySingle("PRAGMA user_version", row => row.GetString(0)));
        Assert.Equal("kept", upgraded.QuerySingle("SELECT name FROM payloads", row => row.GetString(0)));
        Assert.Equal(schema, ReadSchema(upgraded));

        static List<string> ReadSchema(Microsoft.Data.Sqlite.SqliteConnection connection) => connection.Query(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name", row => row.GetString(0));
    }

    [Fact]
    public void A_file_of_version_2_loses_what_was_deleted_from_it()
    {
        using (var connection = QueueDatabase.Open(folder.Path, create: true))
        {
            connection.Execute(
                """
                PRAGMA secure_delete = OFF;
                INSERT INTO payloads VALUES ('deleted', 'these-are-the-words', 0);
                DELETE FROM payloads;
                PRAGMA user_version = 2
                """);
        }

        Assert.True(FileBytes.Has(folder.Path, "these-are-the-words"));

        using var upgraded = QueueDatabase.Open(folder.Path, create: false);

        Assert.False(FileBytes.Has(folder.Path, "these-are-the-words"));
    }

    [Fact]
    public void A_file_of_version_3_is_upgraded_while_another_program_reads_it()
    {
        using var other = QueueDatabase.Open(folder.Path, create: true);
        other.Execute("PRAGMA user_version = 3; BEGIN");
        other.QuerySingle("SELECT COUNT(*) FROM messages", row => row.GetInt32(0));

        using var upgraded = QueueDatabase.Open(folder.Path, create: false);

        Assert.Equal("4", upgraded.QuerySingle("PRAGMA user_version", row => row.GetString(0)));
    }

    [Fact]
    public void Only_the_owner_may_read_the_file_and_its_log_even_in_a_folder_of_somebody_else()
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);

        using (QueueDatabase.Open(folder.Path, create: true)) AssertPrivate();
        // A file of an earlier version.
        foreach (var file in Directory.EnumerateFiles(folder.Path)) File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);

        using (QueueDatabase.Open(folder.Path, create: true)) AssertPrivate();

        void AssertPrivate()
        {
            var files = Directory.GetFiles(folder.Path);
            Assert.Equal(["queue.db", "queue.db-shm", "queue.db-wal"], files.Select(Path.GetFileName).Order());
            foreach (var file in files)
            {
                if (OperatingSystem.IsWindows()) return;
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void A_file_of_a_later_version_is_an_error_and_stays_unchanged()
    {
        using (var connection = QueueDatabase.Open(folder.Path, create: true)) connection.Execute("PRAGMA user_version = 5");

        var failure = Assert.Throws<CommandException>(() => SqliteQueue.Open(folder.Path, TimeProvider.System));

        Assert.Contains("has version 5, but this belco only knows version 4. Use the belco that wrote it", failure.Message);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_an_error()
    {
        File.WriteAllText(folder[QueueDatabase.FileName], new string('x', 10_000));

        AssertError("file is not a database");
    }

    [Fact]
    public void A_damaged_file_is_an_error()
    {
        QueueDatabase.Open(folder.Path, create: true).Dispose();
        using (var file = File.OpenWrite(folder[QueueDatabase.FileName]))
        {
            file.Position = 100;
            file.Write(new byte[file.Length - 100]);
        }

        AssertError("malformed");
    }

    [Fact]
    public void A_folder_of_the_same_name_is_an_error()
    {
        Directory.CreateDirectory(folder[QueueDatabase.FileName]);

        AssertError("unable to open database file");
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_is_an_error()
    {
        using var other = QueueDatabase.Open(folder.Path, create: true);
        other.Execute("BEGIN IMMEDIATE");

        await Task.Run(() => AssertError("database is locked"));
    }

    private void AssertError(string reason)
    {
        var failure = Assert.Throws<CommandException>(() => SqliteQueue.Open(folder.Path, TimeProvider.System));
        Assert.StartsWith($"The queue file {folder[QueueDatabase.FileName]} cannot be opened: ", failure.Message);
        Assert.Contains(reason, failure.Message);
    }
}
