using System.Text;
using BelcoFunctions.Simulation.Tests.Judging;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>Runs after a schedule of the queue file, and checks it: no acknowledged event is lost, none is stored twice, and
/// erased or completed events leave no byte in the file.</summary>
internal sealed class LocalAftermath(
    Scenario scenario, SimulatedRun run, Func<WriterProgram, string?> alone, Func<string?> judgeRows)
{
    private readonly ErasedMoments moments = new(scenario);
    private readonly IReadOnlyList<string> queues = [.. scenario.During.Concat(scenario.DeadLetters).Select(e => e.Queued.Queue)
        .Concat(scenario.Poisonous.Select(message => message.Queue)).Distinct()];

    private LocalFile File => run.File!;

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Judge() => Lost("at the end") ?? Twice() ?? Drain() ?? Lost("when the queues are empty") ?? Redrive();

    private string? Redrive() => alone(LocalPrograms.EraseFile) ?? Erased() ?? alone(LocalPrograms.Redrive("redrive"))
        ?? Drain() ?? Lost("when all is redriven") ?? Twice() ?? DeadEvents() ?? judgeRows() ?? Bytes();

    private string? Drain() => alone(LocalPrograms.ServeUntilClean(queues))
        ?? (File.Rows.FirstOrDefault(row => !row.IsDead) is { } row ? $"{row.Queue} is not empty." : null);

    private string? Lost(string when)
    {
        try
        {
            var expected = new ExpectedRows(scenario, run.Store.State, moments, isFinal: false);
            var rows = File.Rows;
            var events = scenario.During.Where(e => File.Acknowledged.Contains(e.Words)).Concat(scenario.DeadLetters)
                .Where(e => !expected.IsErased(e) && !expected.HasRow(e) && !rows.Any(row => Has(row, e))).Select(e => e.Words);
            var poisonous = scenario.Poisonous.Select(message => message.Text).Where(text => rows.All(row => row.Body != text));
            return events.Concat(poisonous).FirstOrDefault() is { } lost ? $"{lost} is lost {when}." : null;
        }
        catch (Wrong wrong)
        {
            return $"{wrong.Message} ({when})";
        }
    }

    private bool Has(LocalRow row, SimulatedEvent e) => e.IsLarge
        ? row.PayloadBlob == e.BlobName && (File.HasCopy(e.BlobName) || run.Store.State.Blobs.ContainsKey(e.BlobName))
        : row.Body == Encoding.UTF8.GetString(e.Body);

    // An event may exist as often as it was sent, and once more if it was a dead letter at the start.
    private string? Twice() => scenario.Events.FirstOrDefault(e => File.Rows.Count(row => Has(row, e))
        > File.Sent.GetValueOrDefault(e.Words) + scenario.DeadLetters.Count(e.Equals)) is { } twice
            ? $"{twice.Words} exists twice." : null;

    private string? Erased() => ErasedEvents.FirstOrDefault(e => File.HasBytes(e.Words)) is { } left
        ? $"{left.Words} is erased and still in the queue file." : null;

    private string? DeadEvents() => File.Rows.FirstOrDefault(row => scenario.Poisonous.All(poison => poison.Text != row.Body)) is
    { } dead ? $"{dead.Body} is a dead letter for ever." : null;

    // All sent events are projected, kept or erased by now.
    private string? Bytes() => scenario.Events.FirstOrDefault(e => File.HasBytes(e.Words)) is { } left
        ? $"{left.Words} is completed and still in the queue file." : null;

    private IEnumerable<SimulatedEvent> ErasedEvents =>
        new ExpectedRows(scenario, run.Store.State, moments, isFinal: true).Erased;
}
