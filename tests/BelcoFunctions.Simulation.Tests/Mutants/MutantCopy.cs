using System.Diagnostics;
using System.Globalization;

namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>A copy of the sources and of the built simulation in a temporary folder. The repository is not changed.</summary>
internal sealed class MutantCopy : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-mutants-");
    private readonly string simulation;
    private string replaced = "BelcoFunctions.Pipeline.dll";

    public MutantCopy(DirectoryInfo repository)
    {
        simulation = Path.Combine(folder.FullName, "simulation");
        foreach (var file in repository.EnumerateFiles()) file.CopyTo(Path.Combine(folder.FullName, file.Name));
        // The app is compiled against the last one.
        foreach (var part in (string[])["src", "tests/ServiceBusExtension"])
        {
            Copy(new DirectoryInfo(Path.Combine(repository.FullName, part)), Path.Combine(folder.FullName, part));
        }

        Copy(new DirectoryInfo(AppContext.BaseDirectory), simulation);
    }

    /// <summary>Builds a project with a change, and gives it to the simulation.</summary>
    /// <exception cref="InvalidDataException">It does not compile, or the replaced text is missing.</exception>
    public void Build(Mutant mutant)
    {
        var file = Path.Combine(folder.FullName, mutant.Path);
        var source = File.ReadAllText(file);
        var project = Path.Combine(folder.FullName, "src", mutant.Project);
        try
        {
            File.WriteAllText(file, mutant.Apply(source));
            // Without analyzers, because a mutant may cause warnings. Only compile, because building a Functions app takes
            // much longer.
            var (status, output) = Run("build", project, "-t:Compile", "-c", "Release", "-v", "q", "-nologo",
                "--disable-build-servers", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false");
            if (status != 0) throw new InvalidDataException($"The mutant does not compile: {mutant.Effect}\n{output}");
        }
        finally
        {
            File.WriteAllText(file, source);
        }

        // Nothing of the previous mutant may stay.
        Replace(replaced, AppContext.BaseDirectory);
        replaced = mutant.Assembly;
        Replace(replaced, Path.Combine(project, "obj/Release/net10.0"));

        void Replace(string assembly, string from) =>
            File.Copy(Path.Combine(from, assembly), Path.Combine(simulation, assembly), overwrite: true);
    }

    /// <summary>Lets the simulation search for a defect. Returns its exit code and its output.</summary>
    public (int Status, string Output) Hunt(TimeSpan time) => Run(Path.Combine(simulation, "BelcoFunctions.Simulation.Tests.dll"),
        "hunt", time.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    public void Dispose() => folder.Delete(recursive: true);

    private static (int Status, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + error.Result);
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var part in from.EnumerateDirectories().Where(part => part.Name is not ("bin" or "obj")))
        {
            Copy(part, Path.Combine(to, part.Name));
        }
    }
}
