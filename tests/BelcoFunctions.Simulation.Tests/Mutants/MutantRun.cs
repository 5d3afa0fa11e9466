namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>Lets the simulation search for each mutant of the list, and reports how it was found.</summary>
internal sealed class MutantRun(TextWriter output)
{
    /// <param name="time">For each mutant.</param>
    /// <param name="name">Runs only mutants whose effect or file contains this text; empty for all.</param>
    public int Run(TimeSpan time, string name)
    {
        var mutants = Mutant.ReadList(DocumentationPage.Read(Mutant.ListFile).Text)
            .Where(mutant => $"{mutant.File} {mutant.Effect}".Contains(name, StringComparison.Ordinal)).ToList();
        using var copy = new MutantCopy(DocumentationPage.Repository);
        var unexpected = 0;
        output.WriteLine("| what is wrong | found by | schedules | failure |\n|---|---|---|---|");
        foreach (var mutant in mutants)
        {
            copy.Build(mutant);
            var (status, line) = copy.Hunt(time);
            var isFound = status != 0;
            var found = line.Trim().ReplaceLineEndings(" ");
            var by = status is 0 or Hunt.Found ? found : $"an end with status {status} | | {found}";
            output.WriteLine($"| {mutant.Effect} | {by} |");
            if (isFound == mutant.Survives is null) continue;
            unexpected++;
            output.WriteLine(isFound ? "^ It was found, although the list says that it survives." : "^ It SURVIVED.");
        }

        output.WriteLine($"{mutants.Count} mutants, {unexpected} not as the list says.");
        return unexpected == 0 ? 0 : 2;
    }
}
