namespace BelcoFunctions.Tests.ServiceBus;

public sealed class QuickRetryPolicyTests
{
    private readonly QuickRetryPolicy policy = new();

    [Theory]
    [InlineData(ServiceBusFailureReason.ServiceCommunicationProblem, true)]
    [InlineData(ServiceBusFailureReason.GeneralError, true)]
    [InlineData(ServiceBusFailureReason.ServiceTimeout, false)]
    [InlineData(ServiceBusFailureReason.ServiceBusy, false)]
    public void Only_what_fails_at_once_is_tried_again_and_only_once(ServiceBusFailureReason reason, bool again)
    {
        var failure = new ServiceBusException(isTransient: true, "No.", reason: reason);
        Assert.Equal(again, policy.CalculateRetryDelay(failure, 1) is not null);
        Assert.Null(policy.CalculateRetryDelay(failure, 2));
    }

    [Fact]
    public void What_cannot_succeed_is_not_tried_again()
    {
        Assert.Null(policy.CalculateRetryDelay(
            new ServiceBusException(isTransient: false, "No.", reason: ServiceBusFailureReason.MessagingEntityNotFound), 1));
        Assert.Null(policy.CalculateRetryDelay(new UnauthorizedAccessException(), 1));
    }

    [Fact]
    public void Two_tries_of_which_the_first_fails_at_once_take_less_time_than_a_webhook_waits()
    {
        var delay = policy.CalculateRetryDelay(
            new ServiceBusException(isTransient: true, "No.", reason: ServiceBusFailureReason.ServiceCommunicationProblem), 1);
        Assert.True(delay + policy.CalculateTryTimeout(1) < WebhookReceiver.EnqueueTimeout);
    }
}
