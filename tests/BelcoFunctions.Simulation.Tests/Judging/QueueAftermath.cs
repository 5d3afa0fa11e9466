using System.Text;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>Runs after a schedule of queues, and checks them: no event and no message is lost, erased events leave the
/// queues, each remaining event is projected, and only events that can never be projected stay dead letters.</summary>
internal sealed class QueueAftermath(
    Scenario scenario, SimulatedRun run, Func<WriterProgram, string?> alone, Func<string?> judgeRows)
{
    private readonly ErasedMoments moments = new(scenario);

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Judge() => Lost("at the end") ?? Drain() ?? Finish() ?? Lost("when the queues are empty") ?? Redrive();

    private string? Redrive()
    {
        if (scenario.Repair is not null) run.Store.State = scenario.Repair(run.Store.State);
        return alone(QueuePrograms.EraseDeadLetters(queue: null)) ?? Finish() ?? Erased()
            ?? alone(QueuePrograms.Redrive("redrive", queue: null)) ?? Drain() ?? Finish() ?? Lost("when all is redriven")
            ?? Erased() ?? DeadEvents() ?? RedriveAgain() ?? Twice() ?? judgeRows();
    }

    // A copy that a killed redrive sent may be a dead letter by now. The first redrive here sends a copy with the same id, so it
    // takes the dead letter for its own copy, and skips it.
    private string? RedriveAgain() => alone(QueuePrograms.Redrive("redrive again", queue: null)) ?? Drain() ?? Finish();

    // The daily run, because an event may have named the customer of a conversation.
    private string? Finish() => alone(Programs.Retain(scenario.Retention));

    // The owners of the locks have ended.
    private string? Drain()
    {
        run.Now = run.Bus.ExpireLocks(run.Now);
        foreach (var queue in run.Bus.Queues.ToList())
        {
            if (alone(QueuePrograms.Receive(queue.Name)) is { } failure) return failure;
            if (queue.Messages.Count > 0) return $"{queue.Name} is not empty.";
        }

        return null;
    }

    private string? Lost(string when)
    {
        try
        {
            var rows = new ExpectedRows(scenario, run.Store.State, moments, isFinal: false);
            var bodies = Messages.Select(message => Encoding.UTF8.GetString(message.Body)).ToHashSet();
            var blobs = Messages.Select(message => message.PayloadBlob).OfType<string>().ToHashSet();
            var events = scenario.During.Concat(scenario.DeadLetters).Where(e => !rows.IsErased(e)
                && !(e.IsLarge ? blobs.Contains(e.BlobName) && run.Store.State.Blobs.ContainsKey(e.BlobName)
                    : bodies.Contains(Encoding.UTF8.GetString(e.Body)))
                && !rows.HasRow(e)).Select(e => e.Words);
            var poisonous = scenario.Poisonous.Select(message => message.Text).Where(text => !bodies.Contains(text));
            return events.Concat(poisonous).FirstOrDefault() is { } lost ? $"{lost} is lost {when}." : null;
        }
        catch (Wrong wrong)
        {
            return $"{wrong.Message} ({when})";
        }
    }

    private string? Erased()
    {
        var erased = new ExpectedRows(scenario, run.Store.State, moments, isFinal: true).Erased.ToList();
        return erased.Find(e => Messages.Any(message => message.PayloadBlob == e.BlobName
            || Encoding.UTF8.GetString(message.Body).Contains(e.Words, StringComparison.Ordinal))) is { } left
            ? $"{left.Words} is erased and still in a queue." : null;
    }

    private string? DeadEvents() => Messages.FirstOrDefault(message =>
        scenario.Poisonous.All(poison => poison.Text != message.Body.ToString())) is { } dead
            ? $"{dead.Id} is a dead letter for ever." : null;

    // A copy that was sent twice is a duplicate, because all this takes less than an hour.
    private string? Twice() =>
        Messages.GroupBy(message => message.Body.ToString()).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"{twice.Key} exists twice: "
                + $"{string.Join(", ", twice.Select(message => $"{message.Id} ({message.SequenceNumber})"))}."
            : null;

    private IEnumerable<ServiceBus.SimulatedMessage> Messages => run.Bus.Queues.SelectMany(queue => queue.All);
}
