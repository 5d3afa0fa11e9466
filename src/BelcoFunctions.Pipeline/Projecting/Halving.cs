using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes events so that one that the store refuses fails alone.</summary>
internal static class Halving
{
    /// <summary>Writes the events together, and in halves if that fails. An event that cannot be written gets the error as its
    /// outcome. Returns the last such error; null if all was written.</summary>
    public static async Task<DeliveryOutcome?> WriteAsync(List<PendingEvent> events, Func<List<PendingEvent>, Task> write)
    {
        try
        {
            await write(events);
            return null;
        }
        catch (Exception exception)
        {
            var outcome = exception.ToOutcome();
            var undecided = events.FindAll(pending => pending.Outcome is null);
            if (outcome is DeliveryOutcome.RetryLater || undecided.Count <= 1)
            {
                foreach (var pending in undecided) pending.Outcome = outcome;
                return outcome;
            }

            // Halve the batch until the event that cannot be written is alone, so that the others are written.
            var first = await WriteAsync(undecided[..(undecided.Count / 2)], write);
            return await WriteAsync(undecided[(undecided.Count / 2)..], write) ?? first;
        }
    }
}
