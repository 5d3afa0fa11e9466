using System.IO.Compression;
using System.Xml.Linq;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests.Commands;

public sealed class InstalledToolTests(InstalledTool belco) : IClassFixture<InstalledTool>
{
    [Fact]
    public async Task It_is_called_belco_and_shows_its_help()
    {
        var result = await belco.RunAsync("--help");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("belco demo", result.Output, StringComparison.Ordinal);
    }

    // The demo needs SQLite's native library, the samples, and the files that install and start Azurite.
    [AzuriteFact]
    public async Task It_has_all_it_needs_to_run_the_demo()
    {
        var result = await belco.RunAsync("demo");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("200 conversation.reopened → conversation-reopened", result.Output, StringComparison.Ordinal);
        Assert.Contains("open, as of 2025-06-11 09:18:40", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_says_what_it_is_and_under_which_licence()
    {
        using var package = ZipFile.OpenRead(belco.Package);
        using var nuspec = package.GetEntry("belco.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        var values = metadata.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal(typeof(CommandException).Assembly.GetName().Version!.ToString(3), values["version"]);
        Assert.Equal("MIT", values["license"]);
        Assert.StartsWith("Receives Belco's webhooks", values["description"], StringComparison.Ordinal);
        Assert.NotNull(package.GetEntry(values["readme"]));
    }
}
