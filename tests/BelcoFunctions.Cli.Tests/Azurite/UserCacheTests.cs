using BelcoFunctions.Cli.Azurite;

namespace BelcoFunctions.Cli.Tests.Azurite;

public sealed class UserCacheTests
{
    [Fact]
    public void The_folder_is_in_XDG_CACHE_HOME_when_that_is_set()
    {
        var cacheHome = Path.GetTempPath();

        Assert.Equal(Path.Combine(cacheHome, "belco"), UserCache.FolderFor(cacheHome));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not/absolute")]
    public void Anything_but_an_absolute_XDG_CACHE_HOME_is_ignored(string? cacheHome)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        Assert.StartsWith(home, UserCache.FolderFor(cacheHome));
    }
}
