using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads contacts' names from Belco's API with few requests. A few contacts are asked for one by one. More are looked
/// for in the list of all contacts, page by page, with at most one page for each contact; those that the list does not have
/// are then asked for one by one. A run asks for at most 100 contacts one by one: the next run goes on.</summary>
internal sealed class ContactNames(IBelcoApi api, string shopId, TimeProvider time)
{
    /// <summary>The most contacts that a run asks for one by one. A page of the list has as many.</summary>
    public const int MaxSingle = 100;

    private const int PageSize = 100;

    private readonly string path = $"shops/{Uri.EscapeDataString(shopId)}/contacts";

    /// <summary>Returns the names in groups, to be written at once.</summary>
    /// <param name="wanted">The ids. Each id that was read is removed.</param>
    /// <exception cref="BelcoApiException"/>
    public async IAsyncEnumerable<IReadOnlyList<ReadName>> ReadAsync(
        HashSet<string> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (wanted.Count > MaxSingle)
        {
            await foreach (var page in ReadListAsync(wanted.Count, cancellationToken))
            {
                var found = page.Where(name => wanted.Remove(name.Id)).ToList();
                if (found.Count > 0) yield return found;
                if (wanted.Count == 0) yield break;
            }
        }

        foreach (var id in wanted.Take(MaxSingle).ToList())
        {
            if (await ReadOneAsync(id, cancellationToken) is not { } name) continue;
            wanted.Remove(id);
            yield return [name];
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ReadName>> ReadListAsync(
        int maxPages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        for (var (pages, skip) = (0, 0); pages < maxPages; pages++)
        {
            var answer = await api.GetAsync($"{path}?limit={PageSize}&skip={skip}", cancellationToken);
            if (answer is null) yield break;
            var page = NameAnswer.ReadList(answer, NameKind.Contact) ?? throw NameAnswer.NotUnderstood("contacts");
            // The same page again: the API does not know skip.
            if (page.Count == 0 || page[0].Id == before) yield break;
            yield return page;
            (before, skip) = (page[0].Id, skip + page.Count);
        }
    }

    /// <summary>Null if the answer is about another contact: an id such as ".." is a path of its own.</summary>
    private async Task<ReadName?> ReadOneAsync(string id, CancellationToken cancellationToken)
    {
        var asked = EventTime.ToMillisecond(time.GetUtcNow());
        var answer = await api.GetAsync($"{path}/{Uri.EscapeDataString(id)}", cancellationToken);
        // Belco does not have the contact any more, so the archive does not keep the name either.
        if (answer is null) return new ReadName(NameKind.Contact, id, Name: null, asked);
        return NameAnswer.ReadContact(answer) is { } name && name.Id == id ? name : null;
    }
}
