namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>A last-writer-wins register: a value, and the version of the assertion that won. No version means that no event
/// has asserted a value yet.</summary>
public readonly record struct Register<T>(T? Value, RegisterVersion? Version)
{
    public Register<T> Assert(T? value, RegisterVersion version) =>
        Version is { } held && !version.IsAfter(held) ? this : new(value, version);

    /// <summary>Asserts a value, unless it is missing.</summary>
    public Register<T> AssertPresent(T? value, RegisterVersion version) => value is null ? this : Assert(value, version);
}
