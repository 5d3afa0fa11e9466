using System.Threading.Channels;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>Wakes one waiter. Several wake-ups before it waits count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => wakeUps.Writer.TryWrite(true);

    public void Complete() => wakeUps.Writer.TryComplete();

    /// <summary>Returns false once the signal is complete.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken = default) =>
        await wakeUps.Reader.WaitToReadAsync(cancellationToken) && wakeUps.Reader.TryRead(out _);
}
