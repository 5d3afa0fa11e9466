namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>A lock that signals changes made under it. A queue and its dead letters share one lock, so a message that moves
/// is always in one of them.</summary>
internal sealed class ChangeMonitor
{
    private readonly Lock gate = new();
    private bool hasChanged;

    /// <summary>Raised outside the lock, on the thread that made the change.</summary>
    public event Action? Changed;

    /// <summary>Marks a change. Called by the running action.</summary>
    public void MarkChanged() => hasChanged = true;

    public T Run<T>(Func<T> action)
    {
        T result;
        bool notify;
        lock (gate)
        {
            result = action();
            notify = hasChanged;
            hasChanged = false;
        }

        if (notify) Changed?.Invoke();
        return result;
    }
}
