using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads the names of a shop's users and teams, and of the contacts that its conversations name. Reads a name again
/// when it is older than a week.</summary>
/// <param name="api">Belco's API.</param>
/// <param name="table">The conversations, and the names.</param>
/// <param name="time">Says how old a name is.</param>
public sealed class NameImport(IBelcoApi api, ConversationTable table, TimeProvider time)
{
    /// <summary>A name is read again when it is older.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>Reads what is missing or too old. Run it after the conversations of the shop were imported. An error of Belco's
    /// API or of the store is in the receipt; it never throws because of one. If it is stopped, the next run goes
    /// on.</summary>
    public Task<NameReceipt> RunAsync(string shopId, CancellationToken cancellationToken) =>
        new NameRun(api, table, shopId, time).RunAsync(cancellationToken);
}
