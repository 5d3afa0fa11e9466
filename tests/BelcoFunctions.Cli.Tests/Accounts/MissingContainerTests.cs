using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Accounts;

/// <summary>Commands that only read, for an account whose container was deleted.</summary>
public sealed class MissingContainerTests(RunningServe serve) : IClassFixture<RunningServe>, IDisposable
{
    private const string Missing = "The storage account 127.0.0.1 has no container payloads, so it is read as empty.";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [AzuriteFact]
    public async Task Bodies_in_a_deleted_container_are_missing_and_everything_else_is_read()
    {
        await serve.PostAsync(RunningServe.Large(ReadOnlyCommands.ShopId));
        await serve.WaitForConversationAsync(ReadOnlyCommands.ShopId, events: 1);
        await serve.Storage.Payloads.DeleteAsync();

        var export = await RunAsync("export", "--what", "events", "--output", folder["events.jsonl"]);
        export.AssertError("1 event could not be read: the blob is missing.");
        export.AssertError(Missing);
        Assert.Single(await File.ReadAllLinesAsync(folder["events.jsonl"]));

        var erasure = await RunAsync("erase", "--conversation", PayloadFiles.ConversationId, "--dry-run");
        Assert.True(erasure.ExitCode == 0, erasure.Error);
        Assert.Contains(Missing, erasure.Error, StringComparison.Ordinal);

        await using var view = await ServeProcess.StartCommandAsync(
            [], ["view", "--port", "0", "--storage", serve.ConnectionString]);
        var pages = await ReadOnlyCommands.VisitAsync(view);
        Assert.All(pages, page => Assert.Equal(
            page.Path.StartsWith("/event/raw", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK,
            page.Status));
        await view.StopAsync();
        Assert.Contains(Missing, await view.Errors, StringComparison.Ordinal);
        Assert.False(await serve.Storage.Payloads.ExistsAsync());
    }

    private Task<ProgramResult> RunAsync(string command, params string[] arguments) => ReadOnlyCommands.RunAsync(
        [command, "--shop", ReadOnlyCommands.ShopId, .. arguments], serve.ConnectionString, folder);
}
