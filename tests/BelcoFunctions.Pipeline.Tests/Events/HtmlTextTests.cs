namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class HtmlTextTests
{
    private const string Mail = """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">
        <html><head><title>Title</title><style>p > a { color: red }</style>
        <!-- [if mso]> hidden <![endif] --></head>
        <body class="a > b"><p>Hello&nbsp;Bob,</p>
        <p>my   order<br>
        is <b>la</b>te &amp; wrong: 1 < 2.</p><script>alert("</p>")</script>
        <table><tr><td>a</td><td>b</td></tr></table></body></html>
        """;

    [Fact]
    public void A_document_is_read_as_its_text() =>
        Assert.Equal("Hello\u00A0Bob,\nmy order\nis late & wrong: 1 < 2.\na b", HtmlText.From(Mail));

    [Theory]
    [InlineData("\uFEFF \n<!doctype HTML>", true)]
    [InlineData("<html lang=\"nl\">", true)]
    [InlineData("<body>", true)]
    [InlineData("<htmlx>", false)]
    [InlineData("<b>bold</b>", false)]
    [InlineData("a <html>", false)]
    [InlineData("<html", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_whole_document_is_a_document(string? text, bool isDocument) =>
        Assert.Equal(isDocument, HtmlText.IsDocument(text));

    [Theory]
    [InlineData("<html>a<", "a<")]
    [InlineData("<html>a<p", "a")]
    [InlineData("<html>a<p title='x>y", "a")]
    [InlineData("<html>a<!-- b", "a")]
    [InlineData("<html>a<style>b", "a")]
    [InlineData("<html>a<style>b</style", "a")]
    [InlineData("<html>a</style>b", "ab")]
    [InlineData("<html>&#x1F600;&bogus;&#0;", "😀&bogus;\0")]
    [InlineData("<html>a<br><br><br><br>b", "a\n\nb")]
    [InlineData("<html>", "")]
    public void A_broken_document_has_a_text_too(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Fact]
    public void It_reads_no_more_than_it_needs() => Assert.InRange(
        HtmlText.From("<html>" + string.Concat(Enumerable.Repeat("<p>ten chars.</p>", 1_000)), length: 200).Length, 200, 220);
}
