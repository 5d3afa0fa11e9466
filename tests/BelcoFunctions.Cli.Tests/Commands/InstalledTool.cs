using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace BelcoFunctions.Cli.Tests.Commands;

/// <summary><c>belco</c> as a .NET tool: packed from the tested build, and installed from the package's folder alone.</summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The only package that was made.</summary>
    public string Package => Assert.Single(Directory.GetFiles(folder["artifacts"]));

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder["temporary"]);
        // Pack the existing build. All output of packing goes to the temporary folder, not beside the build, except the list
        // of published files, whose name depends on the folder.
        await RunDotnetAsync("pack", Path.Combine(DocumentationPage.Repository.FullName, "src", "BelcoFunctions.Cli"),
            "--no-build", "--configuration", Configuration, "--output", folder["artifacts"],
            $"-p:PublishDir={folder["publish"]}/", $"-p:NuspecOutputPath={folder["nuspec"]}/",
            "-p:PublishCleanFile=PublishOutputs.txt", "-p:_PublishCleanFile=PublishOutputs.txt");
        await RunDotnetAsync("tool", "install", "belco", "--tool-path", folder["tools"], "--source", folder["artifacts"]);
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Runs the installed program to its end.</summary>
    internal async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var start = StartInfo(folder[Path.Combine("tools", "belco")], arguments);
        // The program looks for .NET in the usual folder. These tests may use another one.
        start.Environment["DOTNET_ROOT"] =
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        return await BelcoProgram.EndAsync(process);
    }

    private static string Configuration =>
        typeof(InstalledTool).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private async Task RunDotnetAsync(params string[] arguments)
    {
        var start = StartInfo(BelcoProgram.Dotnet, arguments);
        // `dotnet test` passes the path of its own MSBuild on to its children.
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // Leave no process behind, write nothing to the user's folders, and use only the package's folder as a source.
        (string Name, string Value)[] environment =
        [
            ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
            ("DOTNET_CLI_HOME", folder["home"]), ("DOTNET_ADD_GLOBAL_TOOLS_TO_PATH", "false"),
            ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"), ("NUGET_PACKAGES", folder["packages"]),
            ("TMPDIR", folder["temporary"]), ("TMP", folder["temporary"]), ("TEMP", folder["temporary"]),
            ("ALL_PROXY", "http://127.0.0.1:1"),
        ];
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var result = await BelcoProgram.EndAsync(process);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {result.Output}{result.Error}");
    }

    private ProcessStartInfo StartInfo(string program, string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = folder.Path,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
