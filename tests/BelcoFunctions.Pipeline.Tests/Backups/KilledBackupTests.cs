using BelcoFunctions.Pipeline.Backups;

namespace BelcoFunctions.Pipeline.Tests.Backups;

/// <summary>A backup or a restore that is killed goes on, and ends with the same archive.</summary>
public sealed class KilledBackupTests(AzuriteFixture azurite) : BackupTests(azurite)
{
    private const int SmallParts = 10_000;

    [AzuriteFact]
    public async Task A_backup_that_is_killed_again_and_again_goes_on_and_is_complete()
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        BackupManifest? manifest = null;
        // Random points, but the same in each run of the test.
        var random = new Random(27);
        var kills = 0;
        for (; manifest is null; kills++)
        {
            var before = Parts();
            try
            {
                manifest = await BackUpAsync("archive", SmallParts, new KilledAtRow(random.Next(10, 60)));
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(before, Parts()[..before.Length]);
                // The check reads all rows again, so it is never complete before so many.
                if (kills > 20) manifest = await BackUpAsync("archive", SmallParts);
            }
        }

        Assert.InRange(kills, 5, 30);
        Assert.Contains("Conversations-000003.jsonl", manifest.Files.Select(file => file.Name));
        Assert.Equal((await Table.RowsAsync()).Count, manifest.Conversations);
        await AssertRestoredAsync();
    }

    [AzuriteFact]
    public async Task A_backup_that_is_killed_at_each_request_goes_on()
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        for (var requests = 0; ; requests++)
        {
            var kill = new KilledAfter(requests);
            try
            {
                await BackUpAsync("archive", SmallParts, kill);
                Assert.InRange(requests, 4, 50);
                break;
            }
            catch (StoreUnavailableException)
            {
                Assert.True(kill.IsKilled);
            }
        }

        await AssertRestoredAsync();
    }

    [AzuriteTheory]
    [InlineData("Conversations-000002.jsonl.partial")]
    [InlineData("Conversations-000002.payloads.jsonl")]
    [InlineData("manifest.json.partial")]
    public async Task What_a_killed_backup_left_is_written_again(string left)
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => BackUpAsync("archive", SmallParts, new KilledAfter(2)));
        await File.WriteAllTextAsync(Path.Combine(Folder, left), "{\"half\":");

        await BackUpAsync("archive", SmallParts);

        Assert.DoesNotContain(
            "half", string.Concat(Directory.GetFiles(Folder).Select(File.ReadAllText)), StringComparison.Ordinal);
        await AssertRestoredAsync();
    }

    [AzuriteFact]
    public async Task A_restore_that_is_killed_at_any_request_goes_on_and_ends_like_one_run()
    {
        await FilledArchive.FillAsync(Table, ReceiveAsync);
        await BackUpAsync("archive", SmallParts);
        var restored = await CreateTableAsync();
        var random = new Random(27);
        for (var kills = 0; ; kills++)
        {
            var kill = new KilledAfter(random.Next(5, 25) + (8 * kills));
            try
            {
                await RestoreAsync(restored, kill);
                Assert.InRange(kills, 3, 200);
                break;
            }
            catch (StoreUnavailableException)
            {
                Assert.True(kill.IsKilled);
            }
        }

        await FinishErasuresAsync(Table);
        await AssertSameAsync(Table, restored);
    }

    [AzuriteFact]
    public async Task A_killed_restore_can_only_be_continued_with_the_same_backup()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await BackUpAsync();
        var target = await CreateTableAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RestoreAsync(target, new KilledAfter(6)));
        Directory.Delete(Folder, recursive: true);
        await Table.ProjectAsync(Reply("c", 2));
        await BackUpAsync();

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target));

        Assert.StartsWith("Another backup is being restored into this archive", error.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Of_two_restores_that_begin_at_the_same_moment_only_one_writes()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await BackUpAsync();
        var (target, other) = (await CreateTableAsync(), new Backup(
            (await CreateTableAsync()).Storage(), new PayloadReader(Table.Payloads), new TimeWithoutWaiting()));
        var otherFolder = Path.Combine(Path.GetDirectoryName(Folder)!, "other");
        await other.RunAsync(otherFolder, "other", new Progress<BackupProgress>(), CancellationToken.None);
        var meanwhile = new ConcurrentWrite(WritesMark, () => Assert.ThrowsAsync<StoreUnavailableException>(() => new Restore(
            target.Storage(new KilledBefore(request => request.Method == HttpMethod.Delete)), target.Payloads,
            new TimeWithoutWaiting()).RunAsync(otherFolder, new Progress<BackupProgress>(), CancellationToken.None)));

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target, meanwhile));

        Assert.StartsWith("Another backup is being restored into this archive", error.Message, StringComparison.Ordinal);
        Assert.Empty(await target.RowsAsync());
        await new Restore(target.Storage(), target.Payloads, new TimeWithoutWaiting())
            .RunAsync(otherFolder, new Progress<BackupProgress>(), CancellationToken.None);
        Assert.Empty(await ContentsAsync(target));
    }

    [AzuriteFact]
    public async Task A_restore_refuses_an_archive_that_another_restore_has_filled_since_the_first_look()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await BackUpAsync();
        var target = await CreateTableAsync();
        var meanwhile = new ConcurrentWrite(WritesMark, () => RestoreAsync(target));

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(target, meanwhile));

        Assert.StartsWith("The archive is not empty.", error.Message, StringComparison.Ordinal);
        await AssertSameAsync(Table, target);
    }

    [AzuriteFact]
    public async Task A_folder_goes_on_only_with_its_own_archive_and_a_complete_one_stays_as_it_is()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => BackUpAsync("archive", 1, new KilledAfter(2)));
        var another = await Assert.ThrowsAsync<BackupException>(() => BackUpAsync("another", 1));
        Assert.Contains("backup of another archive: archive. This one is another.", another.Message, StringComparison.Ordinal);

        await BackUpAsync();
        var complete = await Assert.ThrowsAsync<BackupException>(() => BackUpAsync());
        Assert.Contains("has a complete backup", complete.Message, StringComparison.Ordinal);

        Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "mine.partial"), "mine");
        var other = await Assert.ThrowsAsync<BackupException>(() => BackUpAsync());
        Assert.Contains("has something else: mine.partial.", other.Message, StringComparison.Ordinal);
        Assert.Equal(["mine.partial"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [AzuriteFact]
    public async Task Two_backups_at_once_do_not_share_a_folder()
    {
        var meanwhile = new ConcurrentWrite(_ => true, async () =>
        {
            var error = await Assert.ThrowsAsync<BackupException>(() => BackUpAsync());
            Assert.Contains("If another belco writes a backup there, wait for it.", error.Message, StringComparison.Ordinal);
        });
        await BackUpAsync(meanwhile);
    }

    private static bool WritesMark(HttpRequestMessage request) =>
        request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.EndsWith("restore.json", StringComparison.Ordinal);

    private async Task AssertRestoredAsync()
    {
        var (restored, _) = await RestoreAsync();
        await FinishErasuresAsync(Table);
        await AssertSameAsync(Table, restored);
    }

    private string[] Parts() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.GetFiles(Folder, "*.jsonl").Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith("Erasures", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];
}
