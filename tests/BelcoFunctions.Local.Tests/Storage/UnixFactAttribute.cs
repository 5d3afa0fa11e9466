using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Local.Tests.Storage;

/// <summary>An Azurite fact told with shell scripts or signals.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() =>
        Skip = OperatingSystem.IsWindows() ? "Windows has no shell scripts and no signals." : Azurite.ReasonToSkip;
}
