using BelcoFunctions.Local.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Local.Tests.Storage;

public sealed class AzuriteSavesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_before_is_saved_when_each_file_was_replaced()
    {
        Save(AzuriteSaves.Tables);
        Save(AzuriteSaves.Blobs);
        time.SetUtcNow(DateTimeOffset.UtcNow.AddSeconds(1));
        var waiting = new AzuriteSaves(folder.Path, time).WaitAsync(
            [AzuriteSaves.Tables, AzuriteSaves.Blobs], CancellationToken.None);

        await TestTimeout.UntilAsync(() =>
        {
            Assert.False(waiting.IsCompleted);
            Save(AzuriteSaves.Tables);
            return File.GetCreationTimeUtc(folder[AzuriteSaves.Tables]) > time.GetUtcNow();
        });
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        Save(AzuriteSaves.Blobs);
        await TestTimeout.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            return waiting.IsCompleted;
        });

        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_file_that_is_not_replaced_is_not_seen_to_be_saved()
    {
        Save(AzuriteSaves.Tables);
        time.SetUtcNow(DateTimeOffset.UtcNow.AddSeconds(1));
        var waiting = new AzuriteSaves(folder.Path, time).WaitAsync([AzuriteSaves.Tables], CancellationToken.None);

        await TestTimeout.UntilAsync(() =>
        {
            time.Advance(Long);
            return waiting.IsCompleted;
        });

        Assert.False(await waiting);
    }

    // As Azurite does.
    private void Save(string name)
    {
        File.WriteAllText(folder[name + "~"], "{}");
        File.Move(folder[name + "~"], folder[name], overwrite: true);
    }
}
