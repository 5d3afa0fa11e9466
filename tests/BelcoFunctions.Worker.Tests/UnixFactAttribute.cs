namespace BelcoFunctions.Worker.Tests;

/// <summary>A test that needs Azurite and signals.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals." : Azurite.ReasonToSkip;
}
