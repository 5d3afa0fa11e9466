namespace BelcoFunctions.ServiceBusBroker.Storage;

/// <summary>The messages of a queue, or its dead letters, with locks, settlement and expiry. Thread-safe.</summary>
internal sealed class MessageStore : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TimeProvider time;
    private readonly ChangeMonitor monitor;
    private readonly Func<long> nextSequenceNumber;
    private readonly MessageStore? deadLetters;
    private readonly DuplicateDetection? duplicates;
    private readonly ITimer timer;
    private readonly SortedDictionary<long, StoredMessage> messages = [];
    private readonly SortedSet<long> available = [];
    private readonly Dictionary<Guid, StoredMessage> locked = [];
    private DateTimeOffset nextExpiry = DateTimeOffset.MaxValue;

    /// <param name="options">The clock and the defaults of a queue.</param>
    /// <param name="nextSequenceNumber">Numbers the messages.</param>
    /// <param name="monitor">Shared with the dead letters.</param>
    /// <param name="deadLetters">The store of dead letters. Null for that store itself, whose messages do not expire and are
    /// never duplicates.</param>
    public MessageStore(
        BrokerOptions options, Func<long> nextSequenceNumber, ChangeMonitor monitor, MessageStore? deadLetters)
    {
        (this.nextSequenceNumber, this.monitor, this.deadLetters) = (nextSequenceNumber, monitor, deadLetters);
        time = options.Time;
        LockDuration = options.LockDuration;
        if (deadLetters is not null) duplicates = new DuplicateDetection(options.DuplicateDetectionWindow, time);
        timer = time.CreateTimer(_ => Run(Arm), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan LockDuration { get; set; }

    /// <summary>Adds messages, except duplicates. Returns how many.</summary>
    public int Add(IReadOnlyList<StoredMessage> sent) => Run(() =>
    {
        StoredMessage[] added = [.. sent.Where(message => duplicates?.IsNew(message.MessageId) ?? true)];
        foreach (var message in added)
        {
            message.SequenceNumber = nextSequenceNumber();
            message.EnqueuedTime = time.GetUtcNow();
            if (deadLetters is not null && message.TimeToLive is { } life) message.ExpiresAt = message.EnqueuedTime + life;
            Insert(message);
        }

        return added.Length;
    });

    /// <summary>Locks the first message that is not locked. Returns null when there is none.</summary>
    public LockedMessage? Lock() => Run(() =>
    {
        if (available.Count == 0) return null;
        var message = messages[available.Min];
        available.Remove(message.SequenceNumber);
        message.LockToken = Guid.NewGuid();
        message.LockedUntil = time.GetUtcNow() + LockDuration;
        locked.Add(message.LockToken, message);
        ExpireBy(message.LockedUntil.Value);
        monitor.MarkChanged();
        return new LockedMessage(message.LockToken, message.MessageId, message.Encode());
    });

    /// <summary>Returns false when the lock is lost.</summary>
    public bool Settle(Guid lockToken, Settlement settlement) => Run(() =>
    {
        if (!locked.TryGetValue(lockToken, out var message)) return false;
        Settle(message, settlement);
        return true;
    });

    /// <summary>Returns null when the lock is lost.</summary>
    public DateTimeOffset? Renew(Guid lockToken) => Run(() =>
    {
        if (!locked.TryGetValue(lockToken, out var message)) return null;
        message.LockedUntil = time.GetUtcNow() + LockDuration;
        ExpireBy(message.LockedUntil.Value);
        return message.LockedUntil;
    });

    /// <summary>Ends all locks, as if their time were over. Returns how many.</summary>
    public int ExpireLocks() => Run(() =>
    {
        StoredMessage[] all = [.. locked.Values];
        foreach (var message in all) Unlock(message, failed: true);
        return all.Length;
    });

    /// <summary>Reads messages in the order of their sequence numbers.</summary>
    public IReadOnlyList<T> Read<T>(Func<IEnumerable<StoredMessage>, IEnumerable<T>> read) =>
        Run(() => read(messages.Values).ToArray());

    public string? MessageIdOf(Guid lockToken) => Run(() => locked.GetValueOrDefault(lockToken)?.MessageId);

    public void Dispose() => timer.Dispose();

    private T Run<T>(Func<T> action) => monitor.Run(() =>
    {
        Expire();
        return action();
    });

    private void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    private void Settle(StoredMessage message, Settlement settlement)
    {
        Unlock(message, failed: settlement is Settlement.Abandon);
        if (settlement is Settlement.Abandon abandon) message.SetProperties(abandon.Properties);
        if (settlement is Settlement.DeadLetter letter) MoveToDeadLetters(message, letter);
        if (settlement is Settlement.Complete) Remove(message);
    }

    private void Insert(StoredMessage message)
    {
        messages.Add(message.SequenceNumber, message);
        available.Add(message.SequenceNumber);
        ExpireBy(message.ExpiresAt);
        monitor.MarkChanged();
    }

    private void Remove(StoredMessage message)
    {
        messages.Remove(message.SequenceNumber);
        available.Remove(message.SequenceNumber);
        monitor.MarkChanged();
    }

    private void Unlock(StoredMessage message, bool failed)
    {
        locked.Remove(message.LockToken);
        message.LockToken = Guid.Empty;
        message.LockedUntil = null;
        if (failed) message.DeliveryCount++;
        available.Add(message.SequenceNumber);
        ExpireBy(message.ExpiresAt);
        monitor.MarkChanged();
    }

    // A dead letter keeps its sequence number, its time and its deliveries. One that is rejected again stays where it is.
    private void MoveToDeadLetters(StoredMessage message, Settlement.DeadLetter letter)
    {
        message.SetProperties(letter.Properties);
        message.ExpiresAt = DateTimeOffset.MaxValue;
        if (deadLetters is null) return;
        Remove(message);
        deadLetters.Insert(message);
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        if (now < nextExpiry) return;
        foreach (var message in locked.Values.Where(message => message.LockedUntil <= now).ToArray())
            Unlock(message, failed: true);
        foreach (var message in available.Select(number => messages[number]).Where(one => one.ExpiresAt <= now).ToArray())
        {
            MoveToDeadLetters(message, new Settlement.DeadLetter(
                "TTLExpiredException", "The message expired and was dead lettered."));
        }

        nextExpiry = DateTimeOffset.MaxValue;
        foreach (var message in messages.Values) ExpireBy(message.LockedUntil ?? message.ExpiresAt);
    }

    private void ExpireBy(DateTimeOffset moment)
    {
        if (moment >= nextExpiry) return;
        nextExpiry = moment;
        Arm();
    }

    // A timer that fires too early, or for a moment that is far away, is armed again.
    private void Arm()
    {
        if (nextExpiry == DateTimeOffset.MaxValue) return;
        var wait = Math.Clamp(
            Math.Ceiling((nextExpiry - time.GetUtcNow()).TotalMilliseconds), 0, LongestTimer.TotalMilliseconds);
        timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
