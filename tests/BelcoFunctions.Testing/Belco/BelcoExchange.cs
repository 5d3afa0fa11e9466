namespace BelcoFunctions.Testing.Belco;

/// <summary>A request on its way to an answer, for rules to change.</summary>
internal sealed class BelcoExchange(BelcoRequest request, CancellationToken aborted)
{
    public BelcoRequest Request { get; set; } = request;

    /// <summary>The answer that a rule gives in place of the API; null if none does.</summary>
    public BelcoReply? Reply { get; set; }

    /// <summary>Whether the connection breaks in the middle of the answer's body.</summary>
    public bool IsCut { get; set; }

    /// <summary>Canceled when the caller hangs up.</summary>
    public CancellationToken Aborted => aborted;
}
