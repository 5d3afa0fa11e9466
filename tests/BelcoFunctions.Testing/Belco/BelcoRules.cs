namespace BelcoFunctions.Testing.Belco;

/// <summary>What happens to which requests. Each of the rules that match is applied, in the order in which they were added.
/// </summary>
internal sealed class BelcoRules
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];

    /// <summary>Does something to the next requests of a path.</summary>
    /// <param name="path">For example <c>conversations/*/items</c>, or <see cref="BelcoPath.Any"/>.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="after">How many requests go well before.</param>
    /// <param name="times">To how many requests it happens.</param>
    public void Add(string path, BelcoFault fault, int after = 0, int times = 1)
    {
        lock (gate) rules.Add(new(path, fault, after, times));
    }

    /// <summary>Does something to all later requests of a path.</summary>
    /// <inheritdoc cref="Add"/>
    public void Always(string path, BelcoFault fault, int after = 0) => Add(path, fault, after, int.MaxValue);

    /// <summary>Ends everything that goes wrong.</summary>
    public void Clear()
    {
        lock (gate) rules.Clear();
    }

    public async Task ApplyAsync(BelcoExchange exchange)
    {
        BelcoFault[] faults;
        lock (gate) faults = [.. rules.Where(rule => rule.Takes(exchange.Request.Path)).Select(rule => rule.Fault)];
        foreach (var fault in faults) await fault(exchange);
    }

    private sealed class Rule(string pattern, BelcoFault fault, int after, int times)
    {
        private int seen;

        public BelcoFault Fault => fault;

        public bool Takes(string[] path) => BelcoPath.Matches(pattern, path) && seen++ >= after && seen - after <= times;
    }
}
