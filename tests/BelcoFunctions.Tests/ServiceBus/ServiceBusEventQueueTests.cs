using NSubstitute.ExceptionExtensions;

namespace BelcoFunctions.Tests.ServiceBus;

public sealed class ServiceBusEventQueueTests
{
    private readonly ServiceBusClient client = Substitute.For<ServiceBusClient>();
    private readonly Dictionary<string, ServiceBusSender> senders =
        QueueNames.All.ToDictionary(name => name, _ => Substitute.For<ServiceBusSender>());
    private readonly Dictionary<string, ServiceBusReceiver> receivers =
        QueueNames.All.ToDictionary(name => name, _ => Substitute.For<ServiceBusReceiver>());
    private readonly ServiceBusEventQueue queue;

    public ServiceBusEventQueueTests()
    {
        foreach (var (name, sender) in senders) client.CreateSender(name).Returns(sender);
        foreach (var (name, receiver) in receivers) client.CreateReceiver(name).Returns(receiver);
        queue = new ServiceBusEventQueue(client);
        client.ClearReceivedCalls();
    }

    [Fact]
    public async Task Each_queue_has_one_sender_for_the_life_of_the_process()
    {
        foreach (var name in QueueNames.All)
        {
            await queue.EnqueueAsync(Event(name), CancellationToken.None);
            await queue.EnqueueAsync(Event(name), CancellationToken.None);
            await senders[name].Received(2).SendMessageAsync(Arg.Any<ServiceBusMessage>(), Arg.Any<CancellationToken>());
        }

        Assert.Empty(client.ReceivedCalls());
    }

    [Fact]
    public async Task Each_check_asks_every_queue_and_sends_nothing()
    {
        for (var check = 1; check <= 2; check++)
        {
            await queue.CheckAsync(CancellationToken.None);
            foreach (var receiver in receivers.Values) Assert.Equal(check, receiver.ReceivedCalls().Count());
        }

        Assert.All(senders.Values, sender => Assert.Empty(sender.ReceivedCalls()));
    }

    [Fact]
    public async Task One_queue_that_does_not_answer_fails_the_check()
    {
        receivers[QueueNames.UnprojectedEvents].PeekMessageAsync(Arg.Any<long?>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new ServiceBusException("None.", ServiceBusFailureReason.MessagingEntityNotFound));
        await Assert.ThrowsAsync<ServiceBusException>(() => queue.CheckAsync(CancellationToken.None));
    }

    private static QueuedEvent Event(string queue) => new()
    {
        Queue = queue,
        Body = new byte[] { 1 },
        EventName = "any",
        RequestId = "any",
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
