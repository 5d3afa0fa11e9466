namespace BelcoFunctions.Viewer.Tests.Transcripts;

public sealed class HtmlTests
{
    [Fact]
    public void A_value_is_text_unless_it_is_HTML_already()
    {
        var inner = Html.Format($"<b>{"<i>"}</b>");
        Assert.Equal("<p title=\"&quot;&#x27;{0}\"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>5 é&#x1F600;</p>",
            Html.Format($"<p title=\"{"\"'{0}"}\">{new[] { inner, inner }}{5} {"é😀"}{null}</p>").Markup);
    }
}
