using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Shared;

/// <summary>Every command with a shop of an archive: without the shop, and with one that the archive does not have.</summary>
public sealed class ArchiveShopTests(RunningServe serve) : IClassFixture<RunningServe>, IDisposable
{
    private const string Folder = "<folder>";
    private const string NoShop =
        "The archive has no shop nowhere\uFFFD. It has only the shop first. Check --shop and --storage.";

    private static readonly (string Missing, string[] Command)[] Commands =
    [
        (NoShop, ["show", PayloadFiles.ConversationId]),
        (NoShop, ["report"]),
        (NoShop, ["export", "--what", "conversations", "--format", "jsonl", "--output", "-"]),
        (NoShop, ["rebuild", "--dry-run"]),
        // A shop may have only events that are not projected.
        ("Nothing of this customer was found in the shop nowhere\uFFFD.",
            ["export", "--customer", "YX6HM6Sfbt4GvbvZb", "--output", Folder]),
        ("Nothing to erase was found in the shop nowhere\uFFFD.",
            ["erase", "--conversation", PayloadFiles.ConversationId, "--dry-run"]),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [AzuriteFact]
    public async Task The_only_shop_is_the_default_and_several_are_listed()
    {
        await serve.ProjectAsync("conversation.replied", "first");
        foreach (var (missing, command) in Commands)
        {
            var alone = await RunAsync(command);
            Assert.True(alone.ExitCode == 0, $"{command[0]}: {alone.Error}");
            (await RunAsync([.. command, "--shop", "nowhere\u001b"])).AssertError(missing);
        }

        await serve.ProjectAsync("conversation.replied", "second");
        foreach (var command in Commands.Select(each => each.Command).Append(["import", "--dry-run"]))
        {
            (await RunAsync(command)).AssertError("The archive has 2 shops: first and second. Give one with --shop.");
        }
    }

    private Task<ProgramResult> RunAsync(string[] command) => BelcoProgram.RunAsync(
        [.. command.Select(word => word == Folder ? folder[Guid.NewGuid().ToString()] : word), "--data", serve.DataFolder],
        environment: ("BELCO_API_TOKEN", "token"));
}
