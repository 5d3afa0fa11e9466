namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>The list of mutants matches the sources, and the page lists each mutant.</summary>
public sealed class MutantListTests
{
    private static readonly IReadOnlyList<Mutant> List = Mutant.ReadList(DocumentationPage.Read(Mutant.ListFile).Text);

    public static TheoryData<string> Effects() => [.. List.Select(mutant => mutant.Effect)];

    [Fact]
    public void The_list_has_at_least_thirty_mutants_with_an_effect_of_their_own()
    {
        Assert.True(List.Count >= 30);
        Assert.Equal(List.Count, List.Select(mutant => mutant.Effect).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_fragment_that_a_mutant_replaces_occurs_once_in_its_file(string effect)
    {
        var mutant = List.Single(each => each.Effect == effect);
        var source = DocumentationPage.Read(mutant.Path).Text;
        Assert.NotEqual(source, mutant.Apply(source));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_page_has_the_mutant(string effect) =>
        Assert.Contains($"| {effect} |", DocumentationPage.Read("docs/simulation.md").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("other text", "does not occur")]
    [InlineData("old and old", "occurs more than once")]
    public void A_fragment_that_does_not_occur_once_is_an_error(string source, string problem)
    {
        var mutant = new Mutant("It is wrong.", "Tables/Some.cs", "old", "new", Survives: null);
        var error = Assert.Throws<InvalidDataException>(() => mutant.Apply(source));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
