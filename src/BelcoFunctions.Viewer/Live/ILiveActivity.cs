using BelcoFunctions.Viewer.Shared;

namespace BelcoFunctions.Viewer.Live;

/// <summary>What happens in the host. Its pages are only in a host that has it.</summary>
public interface ILiveActivity : IQueueStates
{
    /// <summary>The webhooks that arrived or changed since, of the last ones that the host keeps.</summary>
    /// <param name="cursor">How far the reader is; null for all of them.</param>
    LiveChanges ReadSince(LiveCursor? cursor);

    /// <summary>The minutes of the last hour, in their order.</summary>
    IReadOnlyList<LiveMinute> ReadLastHour();

    /// <summary>Begins to listen. Only while somebody does, the host looks at the queues often.</summary>
    /// <returns>Null if too many listen already.</returns>
    ILiveListener? Listen();
}

/// <summary>Somebody who listens, until disposed.</summary>
public interface ILiveListener : IDisposable
{
    /// <summary>Returns after the next change, or about <see cref="LiveStream.Heartbeat"/> after the last one. Changes in quick
    /// succession count as one.</summary>
    /// <returns>False once cancelled.</returns>
    Task<bool> WaitAsync(CancellationToken cancellationToken);
}

/// <summary>Webhooks that arrived or changed.</summary>
/// <param name="Webhooks">As they are now, in the order of their arrival.</param>
/// <param name="Dropped">How many arrived and are forgotten already, because more came than the host keeps.</param>
/// <param name="Restarted">Whether the host was started since the reader's cursor.</param>
/// <param name="Cursor">How far the reader is now.</param>
public sealed record LiveChanges(IReadOnlyList<LiveWebhook> Webhooks, long Dropped, bool Restarted, LiveCursor Cursor);
