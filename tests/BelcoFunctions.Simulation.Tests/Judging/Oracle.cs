using System.Text;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>Judges the store, using only the events of a scenario.</summary>
internal sealed class Oracle(Scenario scenario)
{
    private readonly ErasedMoments moments = new(scenario);

    /// <summary>What is wrong; null if nothing is.</summary>
    /// <param name="state">The store.</param>
    /// <param name="isFinal">Whether all was sent again, replayed and rebuilt.</param>
    /// <param name="hadFault">Whether something failed before. Then a blob may remain that no row names.</param>
    public string? Judge(StoreState state, bool isFinal, bool hadFault)
    {
        try
        {
            var expected = new ExpectedRows(scenario, state, moments, isFinal);
            // Rows that a scenario damages are correct after a rebuild.
            if (scenario.Damage is null || isFinal) expected.JudgeRows();
            expected.JudgeUnprojected();
            expected.JudgeBlobs(mayBeLeft: hadFault);
            JudgeWords(state, expected);
            return null;
        }
        catch (Wrong wrong)
        {
            return (isFinal ? "In the end: " : "After the daily run: ") + wrong.Message;
        }
    }

    private static void JudgeWords(StoreState state, ExpectedRows expected)
    {
        List<byte[]> texts =
        [
            .. state.Rows.Values.Where(row => !row.IsDeleted)
                .SelectMany(row => row.Columns!).Select(column => column.Value as byte[]
                ?? Encoding.UTF8.GetBytes(column.Value.ToString()!)),
            .. state.Blobs.Values.Select(blob => blob.Content),
        ];
        foreach (var erased in expected.ErasedTexts)
        {
            var words = Encoding.UTF8.GetBytes(erased);
            if (texts.Exists(text => text.AsSpan().IndexOf(words) >= 0)) throw new Wrong($"{erased} is still there.");
        }
    }
}

/// <summary>The store is not as it must be.</summary>
internal sealed class Wrong(string message) : Exception(message);
