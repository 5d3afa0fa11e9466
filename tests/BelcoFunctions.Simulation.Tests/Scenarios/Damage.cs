using System.Text.Json;
using BelcoFunctions.Simulation.Tests.Judging;
using BelcoFunctions.Simulation.Tests.Store;
using Column = BelcoFunctions.Simulation.Tests.Store.Column;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Damages rows as another program or another version would.</summary>
internal static class Damage
{
    /// <summary>Deletes the rows of the list of conversations.</summary>
    public static StoreState DeleteRecentRows(StoreState state) => state.Table(ConversationTable.Name)
        .Where(row => row.Keys.Row.StartsWith(TableKeys.RecentPrefix, StringComparison.Ordinal)).ToList()
        .Aggregate(state, (changed, row) => changed.With(row.Delete()));

    /// <summary>Changes a column of a conversation's row, as a string or as a number.</summary>
    public static Func<StoreState, StoreState> SetColumn(string conversation, string column, object value) => state =>
    {
        var row = state.Find(ErasedMoments.Keys(TableKeys.Conversation(conversation)))!;
        var json = JsonSerializer.SerializeToElement(value);
        return state.With(row.Merge([Column.Read(column, json, type: null)!]));
    };
}
