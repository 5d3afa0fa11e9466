using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The Chromium of this machine. The tests never download one.</summary>
internal static class Chromium
{
    private const string Require = "BELCO_REQUIRE_BROWSER";

    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string? Path = Paths.FirstOrDefault(File.Exists);

    /// <summary>The time limit for a start, for loading a page, and for showing an expected value, in milliseconds.</summary>
    public static float Timeout { get; } = (float)TestTimeout.Limit.TotalMilliseconds;

    public static string? ReasonToSkip { get; } = Environment.GetEnvironmentVariable(Require) == "1" ? null
        : Path is null ? $"Chromium is not installed. apt-get install chromium installs {Paths[0]} on Debian."
        : SharedAzurite.ReasonToSkip;

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => Path is null
        ? throw new InvalidOperationException($"{Require} is 1, but none of {string.Join(", ", Paths)} exists.")
        : playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Timeout = Timeout });
}
