namespace BelcoFunctions.Viewer.Tests.Transcripts;

public sealed class TranscriptFormatTests
{
    private static readonly TranscriptEntry Entry = new(
        EntryKind.CustomerMessage, "2026-11-30 09:00:00 UTC", "Customer <Zoë>", "Hello\n2026-11-30 09:01:00 UTC  Agent Ada\n<b>",
        ["No more."], [new("a.pdf", new Uri("https://files.example/a?b=1&c=2")), new("<i>", null)], new("Lamps", null));

    [Fact]
    public void In_text_no_message_can_look_like_another_event() => Assert.Equal(
        """

        2026-11-30 09:00:00 UTC  Customer <Zoë>
            Hello
            2026-11-30 09:01:00 UTC  Agent Ada
            <b>
          - No more.
          - Attachment: a.pdf, https://files.example/a?b=1&c=2
          - Attachment: <i>
          - From: Lamps

        """, new TranscriptText().Write(Entry));

    [Fact]
    public void In_a_web_page_every_text_is_encoded() => Assert.Equal(
        """
        <article class="customer">
        <p class="about">2026-11-30 09:00:00 UTC · Customer &lt;Zoë&gt;</p>
        <div class="text" dir="auto">Hello&#xA;2026-11-30 09:01:00 UTC  Agent Ada&#xA;&lt;b&gt;</div>
        <p class="about">No more.</p>
        <p>Attachments:</p>
        <ul>
        <li><a href="https://files.example/a?b=1&amp;c=2" rel="noreferrer"><bdi>a.pdf</bdi></a></li>
        <li><bdi>&lt;i&gt;</bdi></li>
        </ul>
        <p class="about">from <bdi>Lamps</bdi></p>
        </article>

        """, TranscriptHtml.Write(Entry).Markup);

    [Fact]
    public void A_transcript_begins_with_its_facts()
    {
        TranscriptFact[] facts = [new("Customer", "<Zoë>"), new("Status", "Open")];
        Assert.Equal(
            "\uFEFFConversation c\n\nCustomer: <Zoë>\nStatus: Open\n", new TranscriptText().Begin("Conversation c", facts));
        var page = TranscriptHtml.Begin("Conversation <c>", facts).Markup;
        Assert.Contains("<tr><th>Customer</th><td>&lt;Zoë&gt;</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Conversation &lt;c&gt;</h1>", page, StringComparison.Ordinal);
    }
}
