using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>The programs of the import.</summary>
internal static class ImportPrograms
{
    /// <summary>Import writes what it read of conversations, again and again until all of it is written.</summary>
    public static WriterProgram Write(string name, params SimulatedImport[] imports) => new(name, async life =>
    {
        foreach (var import in imports)
        {
            while (!await ImportAsync(life, import))
            {
                // The next run reads it again.
            }
        }
    });

    /// <summary>Whole runs of the import, until one is complete.</summary>
    public static WriterProgram Run(string name, params SimulatedImport[] conversations) => new(name, async life =>
    {
        var api = new SimulatedApi(conversations);
        for (var isDone = false; !isDone;)
        {
            var receipt = await life.ImportRun().RunAsync(
                api, new ImportRequest(SimulatedEvent.Shop), new Unwatched(), life.Stopping);
            life.Stopping.ThrowIfCancellationRequested();
            isDone = receipt is { IsComplete: true, Names.Errors.Count: 0 };
            if (!isDone && !life.HadFault) life.Run.Fail($"The run is not complete without a fault: {receipt}");
        }
    });

    private static async Task<bool> ImportAsync(WriterLife life, SimulatedImport import)
    {
        var result = await life.Import().WriteAsync(SimulatedEvent.Shop, import.Conversation,
            [.. import.Items.Select(item => item.Event)], import.ReadAt, import.Reading, life.Stopping);
        life.Stopping.ThrowIfCancellationRequested();
        var unwritten = result.Items.Append(result.Error).FirstOrDefault(
            outcome => outcome is DeliveryOutcome.RetryLater or DeliveryOutcome.Failed or DeliveryOutcome.NeverProjectable);
        if (unwritten is not null && (!life.HadFault || unwritten is not DeliveryOutcome.RetryLater))
        {
            life.Run.Fail($"The import of {import.Conversation} ended as {unwritten}");
        }

        return unwritten is null;
    }

    private sealed class Unwatched : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) { }
    }
}
