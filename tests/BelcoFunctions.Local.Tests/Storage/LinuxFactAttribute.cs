using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Storage;

/// <summary>An Azurite fact told with Linux' own means: /proc, prlimit, env --default-signal.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    internal const string Elsewhere = "Only Linux has what this is told with.";

    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? Azurite.ReasonToSkip : Elsewhere;
}

/// <summary>The same for a theory.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? Azurite.ReasonToSkip : LinuxFactAttribute.Elsewhere;
}
