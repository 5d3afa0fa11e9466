namespace BelcoFunctions.ServiceBus;

/// <summary>Each try may take 4 s. A webhook waits 5 s for its queue, so the try ends first, and its error gives the reason.
/// A second try follows at once, but only if the first one failed at once, as on a closed connection. All queues share one
/// policy, so a throttled try to one queue makes all of them wait for the client's 10 s. That is right, because Service Bus
/// throttles a whole namespace.</summary>
internal sealed class QuickRetryPolicy : ServiceBusRetryPolicy
{
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    public override TimeSpan CalculateTryTimeout(int attemptCount) => TryTimeout;

    // After a timeout, there is no time for another try. A throttled client waits 10 s before it tries again.
    public override TimeSpan? CalculateRetryDelay(Exception lastException, int attemptCount) =>
        attemptCount == 1 && lastException is ServiceBusException
        {
            IsTransient: true,
            Reason: not (ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceBusy),
        } ? Delay : null;
}
