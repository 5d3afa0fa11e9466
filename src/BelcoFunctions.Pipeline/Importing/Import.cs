using System.Globalization;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Imports the conversations of a shop from Belco's API: all history on the first run, and what is missing or has
/// changed on each further one. Webhooks may arrive meanwhile. Killed at any point, the next run goes on.</summary>
public sealed class Import(
    PipelineStorage storage, ItemImport items, PayloadReader payloads, RetentionSettings retention, TimeProvider time)
{
    private readonly ImportMarks marks = new(storage.Conversations);

    /// <summary>Returns the receipt, also if the run had to stop.</summary>
    /// <param name="api">Belco's API.</param>
    /// <param name="request">What to import.</param>
    /// <param name="progress">Called as the run goes on, by several threads.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    public async Task<ImportReceipt> RunAsync(
        IBelcoApi api, ImportRequest request, IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var notes = new FieldNotes();
        var receipt = new ReceiptBuilder(new ImportReceipt(request.ShopId, "", time.GetUtcNow(), request.DryRun)
        {
            ConversationId = request.ConversationId,
        });
        try
        {
            await RunAsync(api, request, notes, receipt, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is ImportStoppedException or BelcoApiException
            or StoreUnavailableException)
        {
            receipt.Change(each => each with { Stopped = exception.Message });
        }

        return receipt.Receipt with { UnknownFields = notes.Fields };
    }

    private async Task RunAsync(IBelcoApi api, ImportRequest request, FieldNotes notes, ReceiptBuilder receipt,
        IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var (shopId, table) = (request.ShopId, storage.Conversations);
        var (shops, startedAt) = await ReadShopsAsync(api, shopId, notes, cancellationToken);
        receipt.Change(each => each with { StartedAt = startedAt, Run = RunId(startedAt) });
        var archive = new ImportArchive(table, retention);
        var known = await archive.ReadAsync(shopId, cancellationToken);
        var plan = request.ConversationId is { } one
            ? ImportPlan.ForOne(one, known)
            : await PlanAsync(api, request, known, startedAt, notes, receipt, progress, cancellationToken);
        var source = new ConversationSource(api, shopId, isOnlyShop: shops.Ids.Count == 1, notes);
        var writing = new ItemWriting(shopId, table, payloads, items);
        var moments = new MomentCheck();
        var conversations = new ConversationImport(source, writing, archive, moments, retention, time, request.DryRun);
        await new MomentProbe(source, writing, moments).ProbeAsync(plan, cancellationToken);
        var reading = new PlannedReading(conversations, table.Concurrency, receipt, progress);
        await reading.ReadAsync(plan, cancellationToken);
        if (receipt.Receipt is { ConversationId: null, Gone.Count: > 0, Read: 0, CompleteBefore: 0, Failed.Count: 0 })
        {
            throw new ImportStoppedException("Belco answered 404 for each conversation that it was asked for. Check --api.");
        }

        await StoreMarkAsync(request, receipt.Receipt, cancellationToken);
        await ReadNamesAsync(api, request, receipt, cancellationToken);
    }

    /// <summary>Reads the names of those whom the conversations name. What goes wrong with names leaves the archive
    /// complete.</summary>
    private async Task ReadNamesAsync(
        IBelcoApi api, ImportRequest request, ReceiptBuilder receipt, CancellationToken cancellationToken)
    {
        if (request.DryRun || request.ConversationId is not null) return;
        var names = await new NameImport(api, storage.Conversations, time).RunAsync(request.ShopId, cancellationToken);
        receipt.Change(each => each with { Names = names });
    }

    private static async Task<(ShopList Shops, DateTimeOffset StartedAt)> ReadShopsAsync(
        IBelcoApi api, string shopId, FieldNotes notes, CancellationToken cancellationToken)
    {
        if (await api.GetAsync(BelcoPaths.Shops, cancellationToken) is not { } answer
            || ShopList.Read(answer, notes) is not { } shops)
        {
            throw new ImportStoppedException("Belco's list of shops has a form that belco does not know.");
        }

        return shops.Ids.Contains(shopId) ? (shops, answer.ReadAt) : throw new ImportStoppedException(
            $"The shop {shopId} is not among the shops that the token can read. Check --shop, and whose token it is.");
    }

    private static async Task<ImportPlan> PlanAsync(IBelcoApi api, ImportRequest request,
        Dictionary<string, ArchivedConversation> known, DateTimeOffset startedAt, FieldNotes notes, ReceiptBuilder receipt,
        IProgress<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var reader = new InventoryReader(api, notes, listed => progress.Report(new ImportProgress(listed)));
        var inventory = await reader.ReadAsync(startedAt, cancellationToken);
        var plan = ImportPlan.ForAll(request.ShopId, inventory, known, request.Since);
        if (plan.Listed == 0 && plan.NotListed > 0)
        {
            throw new ImportStoppedException("Belco lists no conversation of the shop, but the archive has "
                + $"{plan.NotListed.ToString("N0", CultureInfo.InvariantCulture)}. Check the token. Nothing was written.");
        }

        receipt.Change(each => each with
        {
            Listed = plan.Listed,
            NotListed = plan.NotListed,
            LeftOut = plan.LeftOut,
            CompleteBefore = plan.CompleteBefore,
            WithoutId = inventory.WithoutId,
            Warnings = inventory.EndsAtRoundNumber ? [RoundNumberWarning(inventory.Conversations.Count)] : [],
        });
        return plan;
    }

    /// <summary>Stores how complete the archive is, unless the run proves nothing about the whole shop.</summary>
    private async Task StoreMarkAsync(ImportRequest request, ImportReceipt receipt, CancellationToken cancellationToken)
    {
        if (request.DryRun || request.ConversationId is not null || receipt.Failed.Count > 0 || receipt.WithoutId > 0) return;
        await marks.StoreAsync(new ImportMark(request.ShopId, receipt.Run, receipt.StartedAt)
        {
            CompleteAsOf = receipt.IsComplete ? receipt.StartedAt : null,
            Since = receipt.LeftOut > 0 ? request.Since : null,
            MissingItems = receipt.Missing.Count,
            Missing = receipt.Missing.First,
        }, cancellationToken);
    }

    private string RunId(DateTimeOffset startedAt) => string.Create(CultureInfo.InvariantCulture,
        $"{startedAt.UtcDateTime:yyyyMMddTHHmmssZ}-{(int)(storage.Conversations.Concurrency.NextDouble() * 0x10000):x4}");

    private static string RoundNumberWarning(int count) => string.Create(CultureInfo.InvariantCulture,
        $"Belco's list ends after {count:N0} conversations: perhaps it is cut off there. Compare the number with Belco's own.");
}
