namespace BelcoFunctions.Infra.Tests;

/// <summary>An app with the stand-in for the Service Bus extension is published only on request, for tests, and func does not
/// run it: docs/building.md.</summary>
public sealed class ServiceBusExtensionTests
{
    private const string App = "src/BelcoFunctions/BelcoFunctions.csproj";

    [Theory]
    [InlineData("A published app needs the real Service Bus extension", "-t:Publish", "-p:NoBuild=true")]
    [InlineData("A published app needs the real Service Bus extension",
        "-t:Publish", "-p:NoBuild=true", "-p:ServiceBusExtension=standin", "-p:PublishDir=bin/as-azd-names-it/")]
    [InlineData("func needs the real Service Bus extension", "-t:ComputeRunArguments")]
    [InlineData("func needs the real Service Bus extension", "-t:ComputeRunArguments", "-p:ServiceBusExtension=standin")]
    [InlineData("ServiceBusExtension is 'pakket'.", "-t:ResolvePackageAssets", "-p:ServiceBusExtension=pakket")]
    public async Task Msbuild_ends_with_an_explanation(string sentence, params string[] arguments)
    {
        var (exitCode, output) = await MsbuildAsync(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    // `dotnet publish` sets _IsPublishing, and func builds with --output.
    [Theory]
    [InlineData("standin")]
    [InlineData("package", "-p:_IsPublishing=true")]
    [InlineData("package", "-p:_CommandLineDefinedOutputPath=true")]
    [InlineData("standin", "-p:_IsPublishing=true", "-p:ServiceBusExtension=standin")]
    public async Task What_is_deployed_has_the_package_unless_the_stand_in_is_chosen(string expected, params string[] arguments)
    {
        var (exitCode, output) = await MsbuildAsync(["-getProperty:ServiceBusExtension", .. arguments]);
        Assert.Equal((0, expected), (exitCode, output.Trim()));
    }

    private static Task<(int ExitCode, string Output)> MsbuildAsync(params string[] arguments) =>
        Dotnet.RunAsync(["msbuild", App, "-nologo", "-nodeReuse:false", .. arguments]);
}
