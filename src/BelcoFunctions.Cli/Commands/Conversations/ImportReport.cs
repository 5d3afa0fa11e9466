using System.Globalization;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>The receipt of an import as lines for people. docs/import.md explains each.</summary>
internal static class ImportReport
{
    public static IEnumerable<string> Lines(ImportReceipt receipt)
    {
        if (receipt.Stopped is not null && receipt.Read == 0) return [];
        return
        [
            .. Conversations(receipt), .. Items(receipt), .. Names(receipt.Names), .. Fields(receipt),
            .. receipt.Warnings.Select(warning => $"Warning: {warning}"), Conclusion(receipt),
        ];
    }

    private static IEnumerable<string> Conversations(ImportReceipt receipt)
    {
        var read = receipt.DryRun ? "can be read" : "read";
        yield return $"Conversations: {Count(receipt.Listed)} listed, {Count(receipt.CompleteBefore)} complete before, "
            + $"{Count(receipt.Read)} {read} now, {Count(receipt.Failed.Count)} failed.";
        foreach (var line in List(receipt.Failed, failed => $"{failed.ConversationId}: {failed.Reason}")) yield return line;
        if (receipt.WithoutId > 0)
        {
            yield return $"{Of(receipt.WithoutId, "conversation")} in Belco's list without an id: cannot be read.";
        }

        if (receipt.LeftOut > 0)
        {
            yield return $"{Of(receipt.LeftOut, "conversation")} left out: older than --since. A run without --since reads them.";
        }

        if (receipt.NotListed > 0)
        {
            yield return $"{Of(receipt.NotListed, "conversation")} in the archive, but not in Belco's list. "
                + "The archive keeps what it has.";
        }

        if (receipt.Gone.Count > 0)
        {
            yield return $"{Of(receipt.Gone.Count, "conversation")} not found at Belco. The archive keeps what it has.";
            foreach (var line in List(receipt.Gone, id => id)) yield return line;
        }
    }

    private static IEnumerable<string> Items(ImportReceipt receipt)
    {
        var items = receipt.Items;
        yield return $"Items: {Count(items.Added)} {(receipt.DryRun ? "would be added" : "added")}, "
            + $"{Count(items.AlreadyThere)} already there.";
        if (items.Changed > 0)
        {
            yield return $"{Of(items.Changed, "item")} changed since: the archive keeps what it has. What Belco says now "
                + $"{(receipt.DryRun ? "would be" : "is")} kept with the unprojected events.";
        }

        if (items.Erased > 0) yield return $"{Of(items.Erased, "item")} not written: erased before.";
        if (items.PastRetention > 0)
        {
            yield return $"{Of(items.PastRetention, "item")} not written: retention would erase the conversation at once.";
        }

        foreach (var (type, count) in receipt.OtherKinds)
        {
            yield return $"{Of(count, "item")} of a kind that is not written: {type}.";
        }

        if (receipt.AtAnotherMoment.Count > 0)
        {
            yield return $"{Of(receipt.AtAnotherMoment.Count, "item")} not written: the archive has the id with another time.";
            foreach (var line in List(receipt.AtAnotherMoment, Describe)) yield return line;
        }

        if (receipt.OnlyNamed.Count > 0)
        {
            yield return $"{Of(receipt.OnlyNamed.Count, "item")} named by webhooks, but not in the API.";
            foreach (var line in List(receipt.OnlyNamed, Describe)) yield return line;
        }

        if (receipt.Missing.Count == 0) yield break;
        yield return $"{Of(receipt.Missing.Count, "item")} missing: cannot be written.";
        foreach (var line in List(receipt.Missing,
            item => $"{item.ConversationId} {item.ItemId ?? "(no id)"}: {item.Reason}")) yield return line;
    }

    private static IEnumerable<string> Names(NameReceipt? names)
    {
        if (names is null) yield break;
        yield return $"Names read: {Of(names.Users, "user")}, {Of(names.Teams, "team")}, {Of(names.Contacts, "contact")}.";
        if (names.Remaining > 0) yield return $"{Of(names.Remaining, "name")} not read yet. The next run reads more.";
        foreach (var error in names.Errors) yield return error;
    }

    private static IEnumerable<string> Fields(ImportReceipt receipt)
    {
        if (receipt.UnknownFields.Count == 0) yield break;
        if (!receipt.DryRun)
        {
            yield return $"{Of(receipt.UnknownFields.Count, "field")} not understood. --dry-run lists them.";
            yield break;
        }

        yield return "Fields that belco does not understand:";
        foreach (var unknown in receipt.UnknownFields) yield return $"  {unknown.Name}: {unknown.Type}";
    }

    private static string Conclusion(ImportReceipt receipt) => receipt switch
    {
        { DryRun: true } => "Nothing was written.",
        { ConversationId: not null, IsComplete: false } => "The conversation is not complete.",
        { IsComplete: false } => "The archive is not complete. The lines above say why.",
        { ConversationId: not null } => "The conversation is complete.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The archive has all that Belco listed at {receipt.StartedAt:u}."),
    };

    private static IEnumerable<string> List<T>(Told<T> told, Func<T, string> describe)
    {
        foreach (var each in told.First) yield return $"  {describe(each)}";
        if (told.Count > told.First.Count) yield return $"  and {Count(told.Count - told.First.Count)} more";
    }

    private static string Describe(ToldItem item) => $"{item.ConversationId} {item.ItemId}";

    private static string Count(int count) => CountText.Format(count);

    private static string Of(int count, string noun) => CountText.Format(count, noun);
}
