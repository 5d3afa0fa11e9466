using BelcoFunctions.Pipeline.Queries.Search;
using BelcoFunctions.Viewer.Search;
using BelcoFunctions.Viewer.Tests.Shared;

namespace BelcoFunctions.Viewer.Tests.Search;

public sealed class MarkedTests
{
    [Fact]
    public async Task Pieces_stand_beside_each_other_without_a_space()
    {
        var text = new MarkedText(
            [new("een ", false), new("retour", true), new("label", false), new("\u202E", true), new(" <b>", false)]);
        Assert.Equal(
            "<span class=\"text-line\" dir=\"auto\">een <mark>retour</mark>label<mark>[U+202E]</mark> <b></span>",
            await Rendered.OfAsync<Marked>(new { Value = text }));
    }
}
