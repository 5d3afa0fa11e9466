namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>A last-writer-wins register: a value and the version that asserted it; no version, and nothing was ever asserted.</summary>
public readonly record struct Register<T>(T? Value, RegisterVersion? Version)
{
    public Register<T> Assert(T? value, RegisterVersion version) =>
        Version is { } held && !version.IsAfter(held) ? this : new(value, version);

    /// <summary>Asserts a value that says nothing when it is not there.</summary>
    public Register<T> AssertPresent(T? value, RegisterVersion version) => value is null ? this : Assert(value, version);
}
