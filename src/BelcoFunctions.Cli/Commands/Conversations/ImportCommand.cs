using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Importing;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco import</c></summary>
internal static class ImportCommand
{
    // Belco may be slow or down for minutes in a run of hours.
    private const int MaxRetries = 8;

    private const int SomethingMissing = 3;

    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToWrite(), OperatorOptions.Format());
        var api = BelcoApiOption.Create();
        var shop = TextOption.Shop();
        var since = TimeOption.Create("--since", "Leave out conversations that began before this time and have no item in the "
            + "archive since: a time, or a date, which means midnight in UTC.");
        var conversation = TextOption.CreateId("--conversation", "Import only this conversation, even if it was read before.");
        var dryRun = OperatorOptions.DryRun(
            "Show what would be written, and the fields that belco does not understand. Write nothing.");
        var command = new BelcoCommand(
            "import", "Get what the archive lacks from Belco's API.",
            example: "belco import --shop G4ag3eGyiKibrGcM7 --dry-run",
            details: "Webhooks may keep arriving while it runs. If it is stopped, run it again: it continues where it stopped.\n"
                + "Exit code 0: the archive is complete. 3: something is missing. 1: an error stopped the import.\n"
                + BelcoApiOption.TokenDetails)
        { shop, since, conversation, dryRun, api, data, storage, format };
        command.Validators.Add(result =>
        {
            if (result.GetResult(since) is not null && result.GetResult(conversation) is not null)
            {
                result.AddError("Give either --since or --conversation.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            new ImportRequest(parsed.GetValue(shop) ?? "")
            {
                Since = parsed.GetValue(since),
                ConversationId = parsed.GetValue(conversation),
                DryRun = parsed.GetValue(dryRun),
            },
            parsed.GetValue(shop), parsed.GetValue(api)!, parsed.GetValue(data)!, parsed.GetValue(storage),
            parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(ImportRequest request, string? shop, Uri address, string data, string? storage,
        ListOutput.Format format, CancellationToken cancellationToken)
    {
        using var api = BelcoApiOption.Open(address, MaxRetries);
        await using var services = await OperatorServices.OpenAsync(
            storage, data, readOnly: request.DryRun, cancellationToken, ServerOptions.ReadRetentionSettings());
        request = request with { ShopId = await ArchiveShop.FindOrNewAsync(services, shop, cancellationToken) };
        var receipt = await ImportAsync(services.GetRequiredService<Import>(), api, request, cancellationToken);
        if (format is ListOutput.Format.Json) ListOutput.WriteJson(receipt);
        else foreach (var line in ImportReport.Lines(receipt)) Console.WriteLine(DisplayText.Clean(line));
        if (receipt.Stopped is { } reason)
        {
            throw new CommandException($"The import stopped: {DisplayText.Clean(reason)}");
        }

        return receipt.IsComplete ? 0 : SomethingMissing;
    }

    private static async Task<ImportReceipt> ImportAsync(
        Import import, IBelcoApi api, ImportRequest request, CancellationToken cancellationToken)
    {
        var progress = new ImportProgressLine(TimeProvider.System);
        using var lines = new SlowProgress(_ => progress.ToString(), Console.Error, TimeProvider.System)
        {
            Share = _ => progress.Share,
        };
        try
        {
            return await import.RunAsync(api, request, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                "Stopped. What was imported stays. Run belco import again: it continues where it stopped.");
        }
    }
}
