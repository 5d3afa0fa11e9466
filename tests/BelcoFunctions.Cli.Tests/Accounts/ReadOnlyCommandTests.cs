using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Cli.Tests.Accounts;

/// <summary>Commands that only read, with read-only rights.</summary>
public sealed class ReadOnlyCommandTests(ReadOnlyCommandTests.FilledServe serve)
    : IClassFixture<ReadOnlyCommandTests.FilledServe>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => [.. ReadOnlyCommands.All.Select(command => string.Join(' ', command))];

    public void Dispose() => folder.Dispose();

    [AzuriteTheory]
    [MemberData(nameof(Commands))]
    public async Task It_only_reads(string command)
    {
        await using var storage = await ReadOnlyStorage.StartAsync(serve.ConnectionString);

        var result = await ReadOnlyCommands.RunAsync(command.Split(' '), storage.ConnectionString, folder);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("read as empty", result.Error, StringComparison.Ordinal);
        Assert.Empty(storage.Refused);
        Assert.NotEqual(0, storage.Reads);
    }

    [AzuriteFact]
    public async Task View_only_reads()
    {
        await using var storage = await ReadOnlyStorage.StartAsync(serve.ConnectionString);
        await using (var view = await ServeProcess.StartCommandAsync(
            [], ["view", "--port", "0", "--storage", storage.ConnectionString]))
        {
            var pages = await ReadOnlyCommands.VisitAsync(view);
            Assert.All(pages, page => Assert.True(page.Status is HttpStatusCode.OK, page.ToString()));
            Assert.Contains(pages, page => page.Path.StartsWith("/conversation", StringComparison.Ordinal));
            Assert.Contains(pages, page => page.Path.StartsWith("/event/raw", StringComparison.Ordinal));
            Assert.Contains(pages, page => page.Path.StartsWith("/report", StringComparison.Ordinal));
        }

        Assert.Empty(storage.Refused);
        Assert.NotEqual(0, storage.Reads);
    }

    [AzuriteFact]
    public async Task An_import_that_writes_nothing_only_reads()
    {
        var account = BelcoAccount.WithShop(ReadOnlyCommands.ShopId);
        account.Conversations.Add(BelcoConversation.Create("new", ReadOnlyCommands.ShopId, DateTimeOffset.UnixEpoch)
            .Add(BelcoItem.CustomerMessage("item", DateTimeOffset.UnixEpoch, "Hello")));
        await using var belco = await FalseBelco.StartAsync(account);
        await using var storage = await ReadOnlyStorage.StartAsync(serve.ConnectionString);

        string[] command = ["import", "--shop", ReadOnlyCommands.ShopId, "--dry-run", "--api", belco.Address];
        var result = await BelcoProgram.RunAsync(
            [.. command, "--storage", storage.ConnectionString], null, ("BELCO_API_TOKEN", belco.Token));

        // 3: there is an item to add.
        Assert.True(result.ExitCode == 3, result.Error);
        Assert.Empty(storage.Refused);
        Assert.NotEqual(0, storage.Reads);
    }

    [AzuriteFact]
    public async Task A_restore_that_writes_nothing_only_reads()
    {
        await BelcoProgram.RunAsync(["backup", "--output", folder["backup"], "--storage", serve.ConnectionString]);
        await using var storage = await ReadOnlyStorage.StartAsync(serve.ConnectionString);

        var result = await ReadOnlyCommands.RunAsync(
            ["restore", folder["backup"], "--dry-run"], storage.ConnectionString, folder);

        result.AssertError("The archive is not empty.");
        Assert.Empty(storage.Refused);
        Assert.NotEqual(0, storage.Reads);
    }

    [AzuriteTheory]
    [InlineData("replay")]
    [InlineData("rebuild", "--all")]
    [InlineData("erase", "--shop", ReadOnlyCommands.ShopId, "--conversation", PayloadFiles.ConversationId, "--yes")]
    public async Task A_command_that_writes_says_that_it_is_not_allowed_to(params string[] command)
    {
        await using var storage = await ReadOnlyStorage.StartAsync(serve.ConnectionString);

        var result = await ReadOnlyCommands.RunAsync(command, storage.ConnectionString, folder);

        result.AssertError("refused the key or the signature in --storage. Check it, and that it allows writing.");
        Assert.NotEmpty(storage.Refused);
    }

    [Fact]
    public void Every_command_of_an_account_that_can_only_read_is_tested() =>
        Assert.Equal(ReadOnlyCommands.OfAnAccount.Order(),
            ReadOnlyCommands.All.Select(command => command[0]).Concat(["import", "restore"]).Distinct().Order());

    /// <summary>A serve whose account has a row of each kind, a blob, and an unprojected event.</summary>
    public sealed class FilledServe : IAsyncLifetime
    {
        private readonly RunningServe serve = new();

        internal string ConnectionString => serve.ConnectionString;

        public async Task InitializeAsync()
        {
            await serve.InitializeAsync();
            if (SharedAzurite.ReasonToSkip is not null) return;
            foreach (var name in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(name, ReadOnlyCommands.ShopId));
            await serve.WaitForConversationAsync(ReadOnlyCommands.ShopId, PayloadFiles.Names.Count);
            await serve.ProjectAsync("conversation.closed", ReadOnlyCommands.ClosedShopId);
            await serve.PostAsync("""{"requestId":"request","eventName":"contact.created"}"""u8.ToArray());
            await serve.PostAsync(RunningServe.Large(ReadOnlyCommands.ShopId));
            await serve.WaitForConversationAsync(ReadOnlyCommands.ShopId, PayloadFiles.Names.Count + 1);
            await serve.WaitUntilQueuesAreEmptyAsync();
        }

        public Task DisposeAsync() => serve.DisposeAsync();
    }
}
