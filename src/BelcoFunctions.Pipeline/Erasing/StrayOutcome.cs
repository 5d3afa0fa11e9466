namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What an erasure does with an event that is in no timeline.</summary>
public enum StrayOutcome
{
    /// <summary>The event is not erased, and stays.</summary>
    NotErased,

    /// <summary>The event is erased, and must be deleted.</summary>
    Erased,

    /// <summary>The event is erased, or may be, but stays for now: its conversation could not be erased, or the row that
    /// decides cannot be read. <see cref="ErasureLookup.Remaining"/> has that row.</summary>
    Remaining,
}
