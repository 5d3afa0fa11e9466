using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads contacts' names from Belco's API with few requests. A few contacts are asked for one by one. More are looked
/// for in the list of all contacts, page by page, with at most one page for each contact; those that the list does not have
/// are then asked for one by one. A run asks for at most 100 contacts one by one: the next run goes on. Which ones is left to
/// chance, so that contacts that can never be read do not hide others for ever.</summary>
internal sealed class ContactNames(IBelcoApi api, string shopId, TimeProvider time, Concurrency chance)
{
    /// <summary>The most contacts that a run asks for one by one. A page of the list has as many.</summary>
    public const int MaxSingle = 100;

    private const int PageSize = 100;

    private readonly string path = $"shops/{Uri.EscapeDataString(shopId)}/contacts";
    private readonly List<string> failed = [];
    private string? listError;

    /// <summary>What could not be read, as sentences without ids of contacts.</summary>
    public IEnumerable<string> Errors
    {
        get
        {
            if (listError is not null) yield return $"The list of contacts could not be read. {listError}";
            if (failed.Count > 0) yield return $"Contacts that could not be read: {failed.Count}. The first: {failed[0]}";
        }
    }

    /// <summary>Returns the names in groups, to be written at once. Goes on after an answer that cannot be used.</summary>
    /// <param name="wanted">The ids. Each id that was read is removed.</param>
    /// <exception cref="BelcoApiException">No other request will succeed. The message has no id of a contact.</exception>
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

        var start = (int)(chance.NextDouble() * wanted.Count);
        foreach (var id in wanted.Skip(start).Concat(wanted.Take(start)).Take(MaxSingle).ToList())
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
            var page = await ReadPageAsync($"{path}?limit={PageSize}&skip={skip}", cancellationToken);
            // The same page again: the API does not know skip.
            if (page.Count == 0 || page[0].Id == before) yield break;
            yield return page;
            (before, skip) = (page[0].Id, skip + page.Count);
        }
    }

    /// <summary>A page; none if there is no list, so that the contacts are asked for one by one.</summary>
    private async Task<IReadOnlyList<ReadName>> ReadPageAsync(string page, CancellationToken cancellationToken)
    {
        try
        {
            if (await api.GetAsync(page, cancellationToken) is not { } answer) return [];
            return NameAnswer.ReadList(answer, NameKind.Contact) ?? throw NameAnswer.NotUnderstood("contacts");
        }
        catch (BelcoApiException exception) when (exception.Error is BelcoApiError.Unusable)
        {
            listError = exception.Message;
            return [];
        }
    }

    /// <summary>Null if the answer cannot be used. One that is not understood gives a row without a name: otherwise, each run
    /// would ask for this contact first, and never get to those behind it.</summary>
    private async Task<ReadName?> ReadOneAsync(string id, CancellationToken cancellationToken)
    {
        var nameless = new ReadName(NameKind.Contact, id, Name: null, EventTime.ToMillisecond(time.GetUtcNow()));
        if (!BelcoPaths.CanAskFor(id))
        {
            failed.Add("Belco cannot be asked for a contact with this id.");
            return nameless;
        }

        var contact = Uri.EscapeDataString(id);
        try
        {
            var answer = await api.GetAsync($"{path}/{contact}", cancellationToken);
            // Belco does not have the contact any more, so the archive does not keep the name either.
            if (answer is null) return nameless;
            if (NameAnswer.ReadContact(answer) is { } name && name.Id == id) return name;
            failed.Add("Belco's answer has a form that belco does not know, or is another contact.");
            return nameless with { ReadAt = answer.ReadAt };
        }
        catch (BelcoApiException exception)
        {
            // The path has the id.
            var message = exception.Message.Replace($"{path}/{contact}", $"{path}/…", StringComparison.Ordinal);
            if (exception.Error is not BelcoApiError.Unusable) throw new BelcoApiException(exception.Error, message);
            failed.Add(message);
            return null;
        }
    }
}
