using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>The folder for files that can be downloaded again.</summary>
internal static class UserCache
{
    /// <summary>belco's folder in XDG_CACHE_HOME if that is set, else in the operating system's folder for caches.</summary>
    public static string Folder => FolderFor(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"));

    /// <remarks>The XDG Base Directory Specification says to ignore a relative XDG_CACHE_HOME.</remarks>
    public static string FolderFor(string? xdgCacheHome) =>
        Path.Combine(Path.IsPathFullyQualified(xdgCacheHome ?? "") ? xdgCacheHome! : PlatformFolder(), "belco");

    private static string PlatformFolder()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0)
        {
            throw new CommandException(
                "Azurite cannot be installed: you have no home folder for a cache. Set XDG_CACHE_HOME to a folder.");
        }
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
    }
}
