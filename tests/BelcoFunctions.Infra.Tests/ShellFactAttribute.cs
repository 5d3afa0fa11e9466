namespace BelcoFunctions.Infra.Tests;

/// <summary>A test of a shell script.</summary>
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no sh." : null;
}
