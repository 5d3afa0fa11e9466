using System.CommandLine;
using System.Globalization;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco erase</c></summary>
internal static class EraseCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToWrite(), OperatorOptions.Format());
        var shop = TextOption.Shop();
        var customer = TextOption.CreateId("--customer", "Erase all conversations that are or were this customer's.");
        var conversation = TextOption.CreateId("--conversation", "Erase this conversation.");
        var closedBefore = new Option<string?>("--closed-before")
        {
            Description = "Erase the closed conversations whose last item is older than this date, in UTC.",
            HelpName = DateFormat,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only count what would be erased." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask before erasing." };
        var command = new BelcoCommand(
            "erase", "Erase a customer or conversations for good.",
            example: "belco erase --shop G4ag3eGyiKibrGcM7 --customer YX6HM6Sfbt4GvbvZb --dry-run",
            details: "Webhooks may keep arriving while it runs. If it is stopped, run it again: it continues where it stopped.\n"
                + "With --storage, it erases from the queue file of belco serve only if you also give --data.")
        { shop, customer, conversation, closedBefore, dryRun, yes, data, storage, format };
        closedBefore.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && ErrorIn(value, DateTimeOffset.UtcNow) is { } error)
            {
                result.AddError(error);
            }
        });
        command.Validators.Add(result =>
        {
            if (new Option[] { customer, conversation, closedBefore }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError($"Give one of --customer <id>, --conversation <id> and --closed-before <{DateFormat}>.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            Func<string, DateTimeOffset, ErasureRequest> request =
                (parsed.GetValue(customer), parsed.GetValue(conversation)) switch
                {
                    ({ } id, _) => (shopId, now) => new ErasureRequest.OfCustomer(shopId, id, now),
                    (_, { } id) => (shopId, now) => new ErasureRequest.OfConversation(shopId, id, now),
                    _ => (shopId, _) => new ErasureRequest.OfClosed(shopId, ReadDate(parsed.GetValue(closedBefore)!)!.Value),
                };
            return EraseAsync(request, parsed.GetValue(shop), parsed.GetValue(storage), parsed.GetValue(data)!,
                dataIsGiven: parsed.GetResult(data) is { Implicit: false }, new ErasureChoices(
                    parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(format)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> EraseAsync(
        Func<string, DateTimeOffset, ErasureRequest> request, string? shop, string? storage, string data, bool dataIsGiven,
        ErasureChoices choices, CancellationToken cancellationToken)
    {
        var console = ErrorConsole.Create();
        if (!choices.CanGoOn(Question.CanAsk))
        {
            throw new CommandException(
                "Nothing was erased: belco cannot ask you here. Add --yes to erase, or --dry-run to count only.");
        }

        await using var services = await OperatorServices.OpenAsync(storage, data, choices.DryRun, cancellationToken);
        // The shop may have only events that still wait in a queue.
        var shopId = await ArchiveShop.FindOrNewAsync(services, shop, cancellationToken);
        var hasQueues = storage is null || dataIsGiven;
        using var queues = !hasQueues ? null
            : choices.DryRun ? OperatorOptions.OpenQueuesToRead(data) : OperatorOptions.OpenQueues(data);
        if (!hasQueues && File.Exists(Path.Combine(data, QueueDatabase.FileName)))
        {
            // belco cannot know whether the file belongs to this storage account.
            await Console.Error.WriteLineAsync($"Note: belco does not erase from the queue file in {Path.GetFullPath(data)}. "
                + "If it belongs to this storage account, add --data.");
        }

        var eraser = services.GetRequiredService<Eraser>();
        var now = await eraser.ReadNowAsync(cancellationToken);
        if (ClockNote(now, DateTimeOffset.UtcNow) is { } note) await Console.Error.WriteLineAsync(note);
        var run = new ErasureRun(
            eraser, services.GetRequiredService<ConversationTable>(), services.GetRequiredService<StrayConversations>(), queues,
            services.GetRequiredService<IPayloadStore>(), console,
            question => Question.ConfirmAsync(question, cancellationToken))
        {
            Saving = SavedErasure.For(storage, data, services.GetRequiredService<PipelineStorage>()),
            TakeQueueFile = () => DataFolder.TryOpen(data),
        };
        return await run.RunAsync(request(shopId, now), now, shopId, choices, cancellationToken);
    }

    /// <summary>A note for an operator whose clock differs by more than a minute from the storage account's; null if it does
    /// not.</summary>
    internal static string? ClockNote(DateTimeOffset storage, DateTimeOffset here)
    {
        var ahead = here - storage;
        return ahead.Duration() <= TimeSpan.FromMinutes(1) ? null
            : $"Note: the clock of this machine is {CountText.Format((int)ahead.Duration().TotalMinutes, "minute")} "
                + $"{(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the storage account's. "
                + "belco erases up to the account's time.";
    }

    private static string? ErrorIn(string date, DateTimeOffset now) => ReadDate(date) switch
    {
        null => $"--closed-before must be a date, like {now.AddYears(-1).ToString(DateFormat, CultureInfo.InvariantCulture)}.",
        { } time when time > now => "--closed-before is in the future. Give a date in the past.",
        { } time when time > now.AddDays(-RetentionSettings.MinDays) =>
            $"--closed-before is less than {RetentionSettings.MinDays} days ago. Give an earlier date, "
                + "or erase one conversation with --conversation.",
        _ => null,
    };

    private static DateTimeOffset? ReadDate(string text) => DateTimeOffset.TryParseExact(
        text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
