namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>The system's clock. To whoever measures how long ago something was, the test can make it seem longer.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long jumped;

    public void Jump(TimeSpan distance) => Interlocked.Add(ref jumped, (long)(distance.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref jumped);
}
