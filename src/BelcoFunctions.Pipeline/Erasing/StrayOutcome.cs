namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What an erasure does with an event that is in no timeline.</summary>
public enum StrayOutcome
{
    /// <summary>The event is not erased, and stays.</summary>
    NotErased,

    /// <summary>The event is erased, and must go.</summary>
    Erased,

    /// <summary>The event stays, although it is erased or may be: its conversation could not be erased, or a row that decides
    /// cannot be read. <see cref="ErasureLookup.Remaining"/> has that row.</summary>
    Remaining,
}
