namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Looks, before anything is written, for an item that has the same moment in the archive and in the API.</summary>
internal sealed class MomentProbe(ConversationSource source, ItemWriting writing, MomentCheck moments)
{
    // Nearly every conversation that the archive has shares an item with the API, so the first one usually decides.
    private const int MaxConversations = 20;

    /// <exception cref="ImportStoppedException">There are items that both have, and each has another moment.</exception>
    /// <exception cref="BelcoApiException">The API refuses the token.</exception>
    public async Task ProbeAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        var other = 0;
        foreach (var conversation in plan.ToRead.Where(each => each.Archived.HasItems).Take(MaxConversations))
        {
            if (await TryReadAsync(conversation, cancellationToken) is not { } found) continue;
            var archived = await writing.ReadArchivedAsync(conversation.Id, cancellationToken);
            var compared = found.Items.OfType<ApiItem.Writable>().CountBy(item => archived.Compare(item.Event)).ToDictionary();
            if (compared.Keys.Any(item => item is ArchivedItem.Same or ArchivedItem.Changed))
            {
                moments.Add(same: 1, other: 0);
                return;
            }

            other += compared.GetValueOrDefault(ArchivedItem.AtAnotherMoment);
        }

        moments.Add(same: 0, other);
    }

    private async Task<SourceReading.Found?> TryReadAsync(
        PlannedConversation conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(conversation.Id, conversation.Listed, cancellationToken) as SourceReading.Found;
        }
        catch (BelcoApiException exception) when (exception.Error is not BelcoApiError.Refused)
        {
            // The run reads it again, and tells of the failure.
            return null;
        }
    }
}
