namespace BelcoFunctions.Testing;

/// <summary>A test that needs Azurite, and shell scripts or signals.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    internal static string? ReasonToSkip { get; } =
        OperatingSystem.IsWindows() ? "Windows has no shell scripts and no signals." : SharedAzurite.ReasonToSkip;

    public UnixFactAttribute() => Skip = ReasonToSkip;
}

/// <summary>The same for a theory.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = UnixFactAttribute.ReasonToSkip;
}
