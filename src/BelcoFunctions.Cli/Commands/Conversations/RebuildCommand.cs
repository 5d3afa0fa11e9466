using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco rebuild</c></summary>
internal static class RebuildCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.StorageToWrite());
        var shop = TextOption.Shop();
        var all = new Option<bool>("--all") { Description = "Recompute the conversations of every shop." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var command = new BelcoCommand(
            "rebuild", "Recompute conversations from their timelines.",
            example: "belco rebuild --shop G4ag3eGyiKibrGcM7 --dry-run",
            details: "Webhooks may keep arriving while it runs.")
        { shop, all, dryRun, data, storage };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetResult(shop) is not null) result.AddError("Give either --shop or --all.");
        });
        command.SetAction((parsed, cancellationToken) => RebuildAsync(
            parsed.GetValue(data)!, parsed.GetValue(storage), parsed.GetValue(shop), parsed.GetValue(all),
            parsed.GetValue(dryRun), cancellationToken));
        return command;
    }

    private static async Task<int> RebuildAsync(
        string data, string? storage, string? shop, bool all, bool dryRun, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: dryRun, cancellationToken);
        var rebuilder = services.GetRequiredService<ConversationRebuilder>();
        var onlyOf = all ? null : await ArchiveShop.FindAsync(services, shop, cancellationToken);
        List<(string ShopId, string ConversationId)> conversations = [];
        await foreach (var conversation in rebuilder.ListAsync(onlyOf, cancellationToken)) conversations.Add(conversation);

        var (changed, unchanged) = (0, 0);
        List<string> failures = [];
        using (var progress = new SlowProgress(
            count => $"{CountText.Format(count)} of {CountText.Format(conversations.Count, "conversation")} read …",
            Console.Error, TimeProvider.System)
        {
            Share = count => (double)count / conversations.Count,
        })
        {
            foreach (var (shopId, conversationId) in conversations)
            {
                switch (await TryAsync(rebuilder, shopId, conversationId, dryRun, cancellationToken))
                {
                    case RebuildOutcome.Changed:
                        changed++;
                        break;
                    case RebuildOutcome.Unchanged:
                        unchanged++;
                        break;
                    case RebuildOutcome.Failed reason:
                        failures.Add(DisplayText.Clean($"{shopId} {conversationId}: {reason.Reason}"));
                        break;
                }

                progress.Increment();
            }
        }

        foreach (var failure in failures) Console.WriteLine(failure);
        Console.WriteLine($"{CountText.Format(conversations.Count, "conversation")}: "
            + $"{changed} {(dryRun ? "would change" : "changed")}, {unchanged} unchanged, {failures.Count} failed.");
        return failures.Count == 0 ? 0 : throw new CommandException(
            $"{CountText.Format(failures.Count, "conversation")} could not be rebuilt. The lines above say why.");
    }

    private static async Task<RebuildOutcome> TryAsync(
        ConversationRebuilder rebuilder, string shopId, string conversationId, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            return await rebuilder.RebuildAsync(shopId, conversationId, dryRun, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreRejectedException)
        {
            return new RebuildOutcome.Failed(exception.Message);
        }
    }
}
