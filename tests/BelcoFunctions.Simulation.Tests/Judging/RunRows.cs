using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>The rows that only a whole run of the import writes: what it read, its mark, and names.</summary>
internal static class RunRows
{
    private static readonly string Names = TableKeys.NamePrefix(NameKind.Contact);

    /// <summary>The keys of those that may be there.</summary>
    /// <exception cref="Wrong">An erased customer has a name.</exception>
    public static IEnumerable<string> Judge(Scenario scenario, StoreState state)
    {
        if (!scenario.HasRun) yield break;
        yield return TableKeys.Import;
        foreach (var import in scenario.Imports) yield return TableKeys.Listed(import.Conversation);
        foreach (var row in state.Table(ConversationTable.Name).Where(
            row => row.Keys.Row.StartsWith(Names, StringComparison.Ordinal)))
        {
            var customer = state.Find(ErasedMoments.Keys(TableKeys.Customer((string)row["Id"]!)));
            if (customer is { IsDeleted: false } && customer["ErasedThrough"] is DateTimeOffset through
                && (DateTimeOffset)row["ReadAt"]! <= through)
            {
                throw new Wrong($"The name of {row["Id"]} is still there.");
            }

            yield return row.Keys.Row;
        }
    }
}
