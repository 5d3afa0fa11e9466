namespace BelcoFunctions.Tests.ServiceBus;

public sealed class QuickRetryPolicyTests
{
    private readonly QuickRetryPolicy policy = new();

    [Theory]
    [InlineData(ServiceBusFailureReason.ServiceCommunicationProblem, true)]
    [InlineData(ServiceBusFailureReason.GeneralError, true)]
    [InlineData(ServiceBusFailureReason.ServiceTimeout, false)]
    [InlineData(ServiceBusFailureReason.ServiceBusy, false)]
    public void Only_a_send_that_fails_at_once_is_retried_and_only_once(ServiceBusFailureReason reason, bool again)
    {
        var failure = new ServiceBusException(isTransient: true, "No.", reason: reason);
        Assert.Equal(again, policy.CalculateRetryDelay(failure, 1) is not null);
        Assert.Null(policy.CalculateRetryDelay(failure, 2));
    }

    [Fact]
    public void A_send_that_cannot_succeed_is_not_retried()
    {
        Assert.Null(policy.CalculateRetryDelay(
            new ServiceBusException(isTransient: false, "No.", reason: ServiceBusFailureReason.MessagingEntityNotFound), 1));
        Assert.Null(policy.CalculateRetryDelay(new UnauthorizedAccessException(), 1));
    }

    [Fact]
    public void A_failed_try_and_its_retry_take_less_time_than_a_webhook_waits()
    {
        var delay = policy.CalculateRetryDelay(
            new ServiceBusException(isTransient: true, "No.", reason: ServiceBusFailureReason.ServiceCommunicationProblem), 1);
        Assert.True(delay + policy.CalculateTryTimeout(1) < WebhookReceiver.EnqueueTimeout);
    }
}
