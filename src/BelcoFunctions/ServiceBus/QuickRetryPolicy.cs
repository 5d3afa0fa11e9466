namespace BelcoFunctions.ServiceBus;

/// <summary>Gives a try 4 s: less than the 5 s that a webhook waits for its queue, so that it fails with a reason. A second try
/// follows at once, but only if the first failed at once, as on a connection that was closed. All queues share the policy, and
/// with it the client's pause of 10 s after a throttled try: Service Bus throttles a whole namespace.</summary>
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
