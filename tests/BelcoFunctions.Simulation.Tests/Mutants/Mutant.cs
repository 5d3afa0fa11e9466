namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>A deliberate defect: a change of one place in the library or a host. The simulation must find it.</summary>
/// <param name="Effect">The wrong behaviour, as a sentence.</param>
/// <param name="File">The source file: below the library's folder, or below src if it begins with the name of a host.</param>
/// <param name="Old">The replaced text. It occurs once in the file.</param>
/// <param name="New">The new text.</param>
/// <param name="Survives">Why the simulation does not find it; null if it must.</param>
internal sealed record Mutant(string Effect, string File, string Old, string New, string? Survives)
{
    private const string Library = "BelcoFunctions.Pipeline";
    private const string Sources = "src";

    public const string ListFile = "tests/BelcoFunctions.Simulation.Tests/Mutants/mutants.txt";

    /// <summary>The project that has the file.</summary>
    public string Project => File.StartsWith("BelcoFunctions", StringComparison.Ordinal) ? File.Split('/')[0] : Library;

    public string Assembly => Project == "BelcoFunctions.Cli" ? "belco.dll" : $"{Project}.dll";

    /// <summary>The file, from the repository's root.</summary>
    public string Path => Project == Library ? $"{Sources}/{Library}/{File}" : $"{Sources}/{File}";

    /// <summary>The source of the file with the change.</summary>
    /// <exception cref="InvalidDataException">The replaced text does not occur exactly once.</exception>
    public string Apply(string source)
    {
        var first = source.IndexOf(Old, StringComparison.Ordinal);
        var problem = first < 0 ? "does not occur" : source.IndexOf(Old, first + 1, StringComparison.Ordinal) >= 0
            ? "occurs more than once" : Old == New ? "does not change" : null;
        return problem is null ? source.Remove(first, Old.Length).Insert(first, New)
            : throw new InvalidDataException($"\"{Old}\" {problem} in {Path}. Correct the mutant in {ListFile}: {Effect}");
    }

    /// <summary>Reads the list. Its first lines say how it is written.</summary>
    /// <exception cref="InvalidDataException"/>
    public static IReadOnlyList<Mutant> ReadList(string text) => [.. text.ReplaceLineEndings("\n")
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToArray())
        .Where(lines => lines.Length > 0).Select(Read)];

    private static Mutant Read(string[] lines) => lines switch
    {
        [var effect, var file, ['-', ' ', .. var old], ['+', .. var changed]] =>
            new(effect, file, old, changed.TrimStart(), null),
        [var effect, var file, ['-', ' ', .. var old], ['+', .. var changed], ['=', ' ', .. var why]] =>
            new(effect, file, old, changed.TrimStart(), why),
        _ => throw new InvalidDataException($"{ListFile} has a mutant that is not written as its first lines say: {lines[0]}"),
    };
}
