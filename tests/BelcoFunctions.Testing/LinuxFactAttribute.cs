namespace BelcoFunctions.Testing;

/// <summary>A test that needs Azurite, and what only Linux has: /proc, prlimit, env --default-signal.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    internal const string Elsewhere = "Only Linux has /proc, prlimit and env --default-signal.";

    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? SharedAzurite.ReasonToSkip : Elsewhere;
}

/// <summary>The same for a theory.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? SharedAzurite.ReasonToSkip : LinuxFactAttribute.Elsewhere;
}
