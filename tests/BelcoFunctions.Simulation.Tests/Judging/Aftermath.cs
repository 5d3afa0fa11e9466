using BelcoFunctions.Simulation.Tests.Local;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>Runs after a schedule, while nobody interferes: first the daily run, then everything is sent again, redriven,
/// replayed and rebuilt. The rows are judged before and after. A known end is not judged again.</summary>
internal sealed class Aftermath(Scenario scenario, ClientPool pool)
{
    private readonly HashSet<ulong> judged = [];
    private readonly Oracle oracle = new(scenario);

    public int Ends => judged.Count;

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Judge(SimulatedRun ended)
    {
        var hadFault = ended.HadFault;
        var end = ended.Store.State.Hash ^ ended.Bus.Hash ^ (ended.File?.Hash ?? 0)
            ^ ((ulong)ended.DeadLetters.Count << 32) ^ (hadFault ? 1UL : 0);
        if (!judged.Add(end)) return null;
        using var run = new SimulatedRun(ended.Store.State, scenario.Pages, ended.Now)
        {
            Bus = ended.Bus.Copy(),
            File = ended.File,
            DeadLetters = [.. ended.DeadLetters],
        };
        try
        {
            return Run(Programs.Retain(scenario.Retention))
                ?? Queues() ?? File()
                ?? oracle.Judge(run.Store.State, isFinal: false, hadFault)
                ?? DeadLettersThatAreLost(run)
                ?? Run(Programs.Resend("resend", [.. scenario.Webhooks.Reverse()]))
                ?? Run(Programs.EraseDeadLetters)
                ?? DeadLettersThatAreLeft(run)
                ?? Run(Programs.Replay)
                // A replayed event may be the first item of a conversation, and no reading is written before it.
                ?? Run(ImportPrograms.Write("import again", [.. scenario.Imports.Reverse()]))
                ?? (scenario.HasRun ? Run(ImportPrograms.Run("run again", [.. scenario.ImportedDuring])) : null)
                ?? Run(Programs.Rebuild(mayChange: scenario.Damage is not null))
                ?? Run(Programs.Retain(scenario.Retention))
                ?? oracle.Judge(run.Store.State, isFinal: true, hadFault);
        }
        catch (Wrong wrong)
        {
            return wrong.Message;
        }

        string? Queues() => scenario.HasQueues
            ? new QueueAftermath(scenario, run, Run, () => oracle.Judge(run.Store.State, isFinal: true, hadFault)).Judge() : null;

        string? File() => scenario.HasFile
            ? new LocalAftermath(scenario, run, Run, () => oracle.Judge(run.Store.State, isFinal: true, hadFault)).Judge() : null;

        string? Run(WriterProgram program) =>
            Alone.Run(run, pool, program) is { } failure ? $"Afterwards, {program.Name}: {failure}" : null;
    }

    private string? DeadLettersThatAreLost(SimulatedRun run) =>
        scenario is { Requests: [], HasRetention: false, HasQueues: false, HasFile: false }
        && scenario.DeadLetters.FirstOrDefault(
            e => !run.DeadLetters.Exists(letter => letter.PayloadBlob == e.BlobName)) is { } lost
            ? $"The dead letter of {lost.Words} is lost, although nothing was erased." : null;

    // Dead letters that had an event are redriven together with all events.
    private static string? DeadLettersThatAreLeft(SimulatedRun run) =>
        run.DeadLetters.Find(letter => letter.PayloadBlob is { } blob && !run.Store.State.Blobs.ContainsKey(blob)) is { } left
            ? $"The dead letter of {left.RequestId} is left, without its blob." : null;
}
