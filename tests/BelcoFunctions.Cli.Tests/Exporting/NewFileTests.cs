using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Exporting;

public sealed class NewFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Target => folder["export.csv"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_appears_only_when_it_is_complete()
    {
        using (var file = NewFile.Create(Target, overwrite: false))
        {
            file.Stream.Write("whole"u8);
            file.Stream.Flush();
            Assert.False(File.Exists(Target));
            file.Complete();
        }

        Assert.Equal("whole", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_not_completed_leaves_everything_as_it_was(bool exists)
    {
        if (exists) File.WriteAllText(Target, "before");
        using (var file = NewFile.Create(Target, overwrite: true)) file.Stream.Write("half"u8);

        Assert.Equal(exists ? [Target] : [], Directory.GetFiles(folder.Path));
        if (exists) Assert.Equal("before", File.ReadAllText(Target));
    }

    [Fact]
    public void A_file_that_exists_is_replaced_only_on_request()
    {
        File.WriteAllText(Target, "before");
        AssertError(Target, "exists. Add --overwrite to replace it, or give --output another name.");

        using (var file = NewFile.Create(Target, overwrite: true)) file.Complete();

        Assert.Equal("", File.ReadAllText(Target));
    }

    [Fact]
    public void A_file_that_appeared_meanwhile_is_not_replaced()
    {
        using (var file = NewFile.Create(Target, overwrite: false))
        {
            File.WriteAllText(Target, "another's");
            Assert.Throws<CommandException>(file.Complete);
        }

        Assert.Equal("another's", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_path_where_no_file_can_be_written_is_an_error()
    {
        AssertError(folder.Path, "is a folder. Give --output a file.");
        AssertError(folder["none/export.csv"], "There is no folder");
    }

    [UnixFact]
    public void A_device_is_not_a_file() =>
        AssertError("/dev/null", "is not a file. For standard output, give --output -.", overwrite: true);

    [Fact]
    public void The_leftover_of_a_killed_export_is_deleted_after_an_hour_and_the_file_of_a_running_one_is_not()
    {
        var (killed, recent) = (folder["belco-export-1.partial"], folder["belco-export-2.partial"]);
        File.WriteAllText(killed, "half");
        File.WriteAllText(recent, "half");
        File.SetLastWriteTimeUtc(killed, DateTime.UtcNow.AddHours(-2));
        using var busy = NewFile.Create(folder["other.csv"], overwrite: false);
        var busyFile = busy.Stream.Name;
        File.SetLastWriteTimeUtc(busyFile, DateTime.UtcNow.AddHours(-2));

        using (var file = NewFile.Create(Target, overwrite: false)) file.Complete();

        Assert.Equal(new[] { busyFile, recent, Target }.Order(), Directory.GetFiles(folder.Path).Order());
    }

    private static void AssertError(string path, string sentence, bool overwrite = false)
    {
        var error = Assert.Throws<CommandException>(() => NewFile.Create(path, overwrite));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }
}
