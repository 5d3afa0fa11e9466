using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace BelcoFunctions.Cli.Tests.Accounts;

/// <summary>Commands that only read, for an account in which belco has never created anything.</summary>
public sealed class MissingStorageTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => ReadOnlyCommandTests.Commands;

    public void Dispose() => folder.Dispose();

    [AzuriteTheory]
    [MemberData(nameof(Commands))]
    public async Task It_says_that_an_empty_archive_is_empty_and_creates_nothing(string command)
    {
        var result = await ReadOnlyCommands.RunAsync(command.Split(' '), azurite.ConnectionString, folder);

        AssertSaid("table Conversations", result.Error);
        AssertSaid("table UnprojectedEvents", result.Error);
        Assert.DoesNotContain("   at ", result.Error + result.Output, StringComparison.Ordinal);
        // A shop, a customer or a conversation that is not there is an error, as in any archive.
        var (exitCode, said) = command.Split(' ')[0] switch
        {
            "export" when command.Contains("--customer", StringComparison.Ordinal) => (1, "Nothing of this customer was found"),
            "export" => (1, "The archive has no shop"),
            "report" or "show" or "search" => (1, "The archive has no shop"),
            "status" => (0, "The archive has no shop yet."),
            "shops" when !command.EndsWith("json", StringComparison.Ordinal) => (0, "The archive has no shop yet."),
            "erase" => (1, "Nothing to erase was found"),
            "rebuild" when command.Contains("--all", StringComparison.Ordinal) => (0, "0 conversations"),
            "rebuild" => (1, "The archive has no shop"),
            "backup" => (0, "Wrote 0 rows of conversations, 0 unprojected events and 0 payloads"),
            _ when command.EndsWith("json", StringComparison.Ordinal) => (0, "[]"),
            _ => (0, "There are no unprojected events."),
        };
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(said, result.Output + result.Error, StringComparison.Ordinal);
        if (command.StartsWith("erase", StringComparison.Ordinal)) AssertSaid("container payloads", result.Error);
        AssertNothingWasCreated();
    }

    [AzuriteFact]
    public async Task View_shows_that_an_empty_archive_is_empty_and_creates_nothing()
    {
        await using var view = await ServeProcess.StartCommandAsync(
            [], ["view", "--port", "0", "--storage", azurite.ConnectionString]);

        var pages = await ReadOnlyCommands.VisitAsync(view);
        Assert.All(pages, page => Assert.True(page.Status is HttpStatusCode.OK, page.ToString()));

        await view.StopAsync();
        AssertSaid("table Conversations", await view.Errors);
        AssertNothingWasCreated();
    }

    private void AssertNothingWasCreated()
    {
        Assert.Empty(new TableServiceClient(azurite.ConnectionString).Query());
        Assert.Empty(new BlobServiceClient(azurite.ConnectionString).GetBlobContainers());
    }

    private static void AssertSaid(string missing, string error) => Assert.Single(error.Split('\n'), line =>
        line.Trim() == $"The storage account 127.0.0.1 has no {missing}, so it is read as empty. "
            + "If you expected something there, check --storage.");
}
