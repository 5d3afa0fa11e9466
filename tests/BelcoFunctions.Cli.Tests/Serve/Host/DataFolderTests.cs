using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_process_at_a_time_can_open_it()
    {
        using (DataFolder.Open(folder.Path))
        {
            Assert.True(DataFolder.IsLocked(folder.Path));
            Assert.StartsWith("Another belco is using the data folder", Error(folder.Path), StringComparison.Ordinal);
        }

        Assert.False(DataFolder.IsLocked(folder.Path));
        DataFolder.Open(folder.Path).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_not_reported_as_in_use()
    {
        // Nobody, not even root, can open a folder as a file.
        Directory.CreateDirectory(Path.Combine(folder.Path, "lock"));

        Assert.Contains("cannot be written", Error(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_same_name_is_an_error()
    {
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.Contains("cannot be created", Error(file), StringComparison.Ordinal);
    }

    private static string Error(string path) => Assert.Throws<CommandException>(() => DataFolder.Open(path)).Message;
}
