namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The people whom a typed value means.</summary>
/// <param name="Typed">The first characters of an id or of a name.</param>
internal sealed record FoundPeople(TypedValue Typed)
{
    /// <summary>True if the value is the whole id of somebody who is known. Then it means nobody else, even if another id begins
    /// with it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The ids of people whose name begins with the value.</summary>
    public IReadOnlySet<string> Named { get; init; } = new HashSet<string>();

    /// <summary>True if there are more names than were read.</summary>
    public bool IsPart { get; init; }

    public bool Has(string id) => IsWhole ? id == Typed.Text : Typed.Begins(id) || Named.Contains(id);
}
