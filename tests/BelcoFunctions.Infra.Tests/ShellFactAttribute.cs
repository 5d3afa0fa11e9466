namespace BelcoFunctions.Infra.Tests;

/// <summary>A test of a shell script.</summary>
public sealed class ShellFactAttribute : FactAttribute
{
    /// <param name="program">A program that the script needs and that not every system has.</param>
    public ShellFactAttribute(string program = "sh") => Skip =
        OperatingSystem.IsWindows() ? "Windows has no sh."
        : IsInstalled(program) ? null
        : $"{program} is not installed.";

    private static bool IsInstalled(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
