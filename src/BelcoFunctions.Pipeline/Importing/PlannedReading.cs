using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Imports the conversations of a plan, several at a time. The failure of one is its own: the others go on.</summary>
internal sealed class PlannedReading(
    ConversationImport conversations, Concurrency concurrency, ReceiptBuilder receipt, IProgress<ImportProgress> progress)
{
    private readonly Outage outage = new();
    private int read;

    /// <exception cref="ImportStoppedException"/>
    /// <exception cref="BelcoApiException">The API refuses the token.</exception>
    public Task ReadAsync(ImportPlan plan, CancellationToken cancellationToken) =>
        concurrency.ForEachAsync(plan.ToRead, Concurrency.Imports, async (conversation, cancellation) =>
        {
            receipt.Add(await ReadAsync(conversation, cancellation));
            progress.Report(new ImportProgress(
                plan.Listed, plan.ToRead.Count, Interlocked.Increment(ref read), receipt.Receipt.Failed.Count));
        }, cancellationToken);

    private async Task<ConversationResult> ReadAsync(PlannedConversation planned, CancellationToken cancellationToken)
    {
        try
        {
            var result = await conversations.ImportAsync(planned, cancellationToken);
            // The run stops: whether this conversation would have failed is not known.
            if (result.Failure is not null) cancellationToken.ThrowIfCancellationRequested();
            if (result.IsOutage) outage.Unavailable(result.Failure!);
            else outage.Answered();
            return result;
        }
        catch (Exception exception) when (exception is StoreUnavailableException
            or BelcoApiException { Error: BelcoApiError.Unavailable })
        {
            outage.Unavailable(exception.Message);
            return ConversationResult.Failed(planned.Id, exception.Message);
        }
        catch (Exception exception) when (exception is StoreRejectedException or DamagedRowException
            or BelcoApiException { Error: BelcoApiError.Unusable })
        {
            return ConversationResult.Failed(planned.Id, exception.Message);
        }
    }
}
