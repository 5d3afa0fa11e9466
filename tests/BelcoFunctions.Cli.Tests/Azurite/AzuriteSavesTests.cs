using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Tests.Serve.Queue;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Azurite;

public sealed class AzuriteSavesTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private int changes;
    private string content = "{}";

    public void Dispose() => folder.Dispose();

    // Azurite may have begun the first save before the call.
    [Fact]
    public async Task It_waits_for_the_second_save_and_changes_something_before_each()
    {
        Save();
        var waiting = WaitAsync();
        Save();
        await TestTimeout.UntilAsync(() => IsTrueAfterAPause(() => changes == 2));
        time.Advance(Pause);
        Assert.False(waiting.IsCompleted);
        Save();
        await TestTimeout.UntilAsync(() => IsTrueAfterAPause(() => waiting.IsCompleted));

        Assert.True(await waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Without_a_second_save_the_save_is_not_confirmed(int saves)
    {
        Save();
        var waiting = WaitAsync();
        for (; saves > 0; saves--) Save();

        using var timeout = TestTimeout.Start();
        while (!waiting.IsCompleted)
        {
            timeout.Token.ThrowIfCancellationRequested();
            time.Advance(Pause);
            await Task.Yield();
        }

        Assert.False(await waiting);
    }

    // Everything is saved already. Azurite saves again only because the wait changes something.
    [AzuriteFact]
    public async Task A_save_before_the_wait_is_confirmed()
    {
        await using var azurite = await StartAsync();
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        await TestTimeout.UntilAsync(() => FileBytes.Has(folder.Path, "UnprojectedEvents", AzuriteSaves.Tables)
            && FileBytes.Has(folder.Path, storage.Payloads.Name, AzuriteSaves.Blobs));

        Assert.True(await Saving(storage).WaitAsync(CancellationToken.None));
    }

    [AzuriteFact]
    public async Task The_save_of_an_Azurite_that_has_ended_is_not_confirmed()
    {
        PipelineStorage storage;
        await using (var azurite = await StartAsync()) storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);

        Assert.False(await Saving(storage).WaitAsync(CancellationToken.None));
    }

    private async Task<AzuriteProcess> StartAsync() => await AzuriteProcess.StartAsync(
        await AzuriteInstallation.EnsureAsync(_ => { }, CancellationToken.None), folder.Path, CancellationToken.None);

    private SavedErasure Saving(PipelineStorage storage) =>
        new(new AzuriteSaves(folder.Path, TimeProvider.System), storage);

    private Task<bool> WaitAsync() => new AzuriteSaves(folder.Path, time).WaitAsync(AzuriteSaves.Tables, _ =>
    {
        changes++;
        return Task.CompletedTask;
    }, CancellationToken.None);

    private bool IsTrueAfterAPause(Func<bool> isTrue)
    {
        time.Advance(Pause);
        return isTrue();
    }

    // Replaces the file, as Azurite does. The content grows, because two saves of a test may have the same time.
    private void Save()
    {
        content += " ";
        File.WriteAllText(folder[AzuriteSaves.Tables + "~"], content);
        File.Move(folder[AzuriteSaves.Tables + "~"], folder[AzuriteSaves.Tables], overwrite: true);
    }
}
