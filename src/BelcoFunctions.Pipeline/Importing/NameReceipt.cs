namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What came of reading a shop's names. It has no names and no ids of people, so it can be shown and logged.</summary>
public sealed record NameReceipt
{
    /// <summary>Names of users that were read and written.</summary>
    public int Users { get; init; }

    /// <summary>Names of teams that were read and written.</summary>
    public int Teams { get; init; }

    /// <summary>Names of contacts that were read and written. Includes contacts of whom Belco knows no name, or gave an answer
    /// that is not understood.</summary>
    public int Contacts { get; init; }

    /// <summary>Contacts whose name was read but not written, because they were erased in the meantime.</summary>
    public int Erased { get; init; }

    /// <summary>Names that were deleted, because no conversation names their contact any more.</summary>
    public int Deleted { get; init; }

    /// <summary>Contacts whose name is missing or older than a week. The next run reads more of them.</summary>
    public int Remaining { get; init; }

    /// <summary>What went wrong, as sentences. None of it affects the conversations.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
