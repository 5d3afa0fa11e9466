namespace BelcoFunctions.Local.Storage;

/// <summary>The folder for files that a program can fetch again.</summary>
internal static class UserCache
{
    /// <summary>Belco's folder in XDG_CACHE_HOME when that is set, else where the operating system has caches.</summary>
    public static string Folder => FolderFor(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"));

    /// <remarks>A relative XDG_CACHE_HOME is to be ignored: XDG Base Directory Specification.</remarks>
    public static string FolderFor(string? xdgCacheHome) =>
        Path.Combine(Path.IsPathFullyQualified(xdgCacheHome ?? "") ? xdgCacheHome! : PlatformFolder(), "belco");

    private static string PlatformFolder()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0)
        {
            throw new LocalHostException("This user has no home folder for a cache: set XDG_CACHE_HOME to a folder.");
        }
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
    }
}
