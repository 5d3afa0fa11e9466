using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Benchmarks.Starting;

/// <summary>Publishes the Functions app and the minimal app for this machine. The app has the stand-in for the Service Bus
/// extension.</summary>
internal sealed class PublishedApps : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private PublishedApps() { }

    // Such as linux-x64. The runtime's own name for it may be that of one distribution, which no package has.
    private static string RuntimeOfThisMachine
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The file of the app as it is deployed: precompiled.</summary>
    public string App { get; private set; } = "";

    /// <summary>The same app, compiled only when it runs.</summary>
    public string NotPrecompiled { get; private set; } = "";

    /// <summary>The minimal app, precompiled.</summary>
    public string Minimal { get; private set; } = "";

    public static async Task<PublishedApps> PublishAsync(Session session, CancellationToken cancellationToken)
    {
        var apps = new PublishedApps();
        try
        {
            session.Show("publishing the app");
            apps.App = await apps.PublishAsync("src/BelcoFunctions", "app", cancellationToken);
            apps.NotPrecompiled = await apps.PublishAsync(
                "src/BelcoFunctions", "not-precompiled", cancellationToken, "-p:PublishReadyToRun=false");
            session.Show("publishing the minimal app");
            apps.Minimal = await apps.PublishAsync(
                "tests/MinimalWorker", "minimal", cancellationToken, "-p:PublishReadyToRun=true", "-p:SelfContained=false");
            foreach (var (file, expected) in new[] { (apps.App, true), (apps.NotPrecompiled, false), (apps.Minimal, true) })
            {
                if (IsPrecompiled(file) != expected)
                    throw new CommandException($"{file} must {(expected ? "" : "not ")}be precompiled.");
            }

            return apps;
        }
        catch
        {
            apps.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Dispose();

    // The build's own files also go to the temporary folder. Elsewhere they would change the restore of the next build.
    private async Task<string> PublishAsync(
        string project, string name, CancellationToken cancellationToken, params string[] properties)
    {
        var output = Path.Combine(folder.Path, $"{name}-standin");
        var published = await ProgramRun.RunToEndAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            "publish", project, "--configuration", "Release", "--runtime", RuntimeOfThisMachine,
            "--artifacts-path", Path.Combine(folder.Path, "artifacts"), "--output", output, "--nologo",
            "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:ServiceBusExtension=standin", "-p:RunAnalyzers=false",
            .. properties,
        ], DocumentationPage.Repository.FullName, cancellationToken);
        if (published.ExitCode != 0)
            throw new CommandException($"{project} could not be published:\n{published.Output}{published.Error}");
        return Directory.EnumerateFiles(output, "*.runtimeconfig.json").Select(file =>
            file.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)).Single();
    }

    private static bool IsPrecompiled(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
