using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>The expected rows of what Belco's API said. Of each field, the value that was read last stands.</summary>
internal sealed class ExpectedReadings(Scenario scenario, StoreState state, bool isFinal)
{
    /// <summary>Whether no row and no blob may have the subject.</summary>
    public static bool IsSubjectErased(SimulatedImport import, Erasure? erasure) =>
        erasure is not null && SimulatedEvent.Start.AddSeconds(import.Created) <= erasure.Through;

    /// <summary>What the row of a conversation has; null if there must be no row.</summary>
    /// <exception cref="Wrong">The row has something else, or is missing.</exception>
    public ConversationReading? Find(string conversation, Erasure? erasure, bool hasItems)
    {
        var imports = scenario.Imports.Where(import => import.Conversation == conversation)
            .OrderBy(import => import.Second).ToList();
        // A reading is not written while nothing of its conversation remains, or before its first item.
        var isComplete = isFinal || (erasure is null && imports.TrueForAll(import => import.Items.Count > 0));
        if (imports.Count == 0 || !hasItems) return null;
        if (state.Find(ErasedMoments.Keys(TableKeys.Reading(conversation))) is not { IsDeleted: false } row)
        {
            return isComplete ? throw new Wrong($"What the API said of {conversation} is missing.") : null;
        }

        var found = RowText.Format(row);
        var wanted = (isComplete ? [imports] : Subsets(imports)).Select(each => Merge(each, erasure)).ToList();
        return wanted.Find(each => Format(conversation, each) == found) ?? throw new Wrong($"What the API said of {conversation} "
            + $"is\n{found}\nand should be\n{Format(conversation, wanted[^1])}");
    }

    private static string Format(string conversation, ConversationReading reading) =>
        RowText.Format(ReadingRow.ToEntity(SimulatedEvent.Shop, conversation, reading));

    /// <summary>Each choice of at least one, in their order.</summary>
    private static IEnumerable<List<SimulatedImport>> Subsets(List<SimulatedImport> imports) => Enumerable
        .Range(1, (1 << imports.Count) - 1)
        .Select(chosen => imports.Where((_, index) => (chosen & (1 << index)) != 0).ToList());

    private static ConversationReading Merge(List<SimulatedImport> imports, Erasure? erasure) => imports[^1].Reading with
    {
        CustomerId = imports.Select(import => import.Reading.CustomerId).LastOrDefault(customer => customer is not null),
        Subject = IsSubjectErased(imports[^1], erasure) ? null : imports[^1].Reading.Subject,
    };
}
