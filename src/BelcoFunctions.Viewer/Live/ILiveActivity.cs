using BelcoFunctions.Viewer.Shared;

namespace BelcoFunctions.Viewer.Live;

/// <summary>The recent webhooks and queues of the host. Only a host that has it shows the pages of Live.</summary>
public interface ILiveActivity : IQueueStates
{
    /// <summary>The webhooks that arrived or changed after the cursor, as far as the host still remembers them.</summary>
    /// <param name="cursor">How far the reader has read; null for all webhooks.</param>
    LiveChanges ReadSince(LiveCursor? cursor);

    /// <summary>The minutes of the last hour, oldest first.</summary>
    IReadOnlyList<LiveMinute> ReadLastHour();

    /// <summary>Begins to listen. The host reads the queues often only while somebody listens.</summary>
    /// <returns>Null if too many listen already.</returns>
    ILiveListener? Listen();
}

/// <summary>A listener, until it is disposed.</summary>
public interface ILiveListener : IDisposable
{
    /// <summary>Returns after the next change, or about <see cref="LiveStream.Heartbeat"/> after the last one. Changes in quick
    /// succession count as one.</summary>
    /// <returns>False once cancelled.</returns>
    Task<bool> WaitAsync(CancellationToken cancellationToken);
}

/// <summary>Webhooks that arrived or changed.</summary>
/// <param name="Webhooks">As they are now, in the order of their arrival.</param>
/// <param name="Dropped">How many webhooks the reader has missed, because more arrived than the host remembers.</param>
/// <param name="Restarted">Whether the host was restarted after the reader's cursor.</param>
/// <param name="Cursor">How far the reader has read now.</param>
public sealed record LiveChanges(IReadOnlyList<LiveWebhook> Webhooks, long Dropped, bool Restarted, LiveCursor Cursor);
