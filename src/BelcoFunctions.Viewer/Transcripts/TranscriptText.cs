using System.Text;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>A transcript as plain text. Every line of a message is indented, so no message can look like another
/// event.</summary>
public sealed class TranscriptText : ITranscriptFormat
{
    // Without it, some editors read the file in the code page of the machine.
    private const char ByteOrderMark = '\uFEFF';
    private const string OfMessage = "    ";
    private const string OfRemark = "  - ";

    public string Extension => "txt";

    public string ContentType => "text/plain; charset=utf-8";

    public string End => "";

    public string Begin(string title, IReadOnlyList<TranscriptFact> facts)
    {
        var text = new StringBuilder().Append(ByteOrderMark).Append(title).Append("\n\n");
        foreach (var fact in facts) text.Append(fact.Name).Append(": ").Append(fact.Value).Append('\n');
        return text.ToString();
    }

    public string Write(TranscriptEntry entry)
    {
        var text = new StringBuilder().Append('\n').Append(entry.At).Append("  ").Append(entry.Title).Append('\n');
        if (entry.Text is not null)
        {
            foreach (var line in entry.Text.Split('\n')) text.Append(OfMessage).Append(line).Append('\n');
        }

        foreach (var sentence in entry.Remarks) text.Append(OfRemark).Append(sentence).Append('\n');
        foreach (var attachment in entry.Attachments) AppendLink(text, "Attachment", attachment);
        if (entry.Page is { } page) AppendLink(text, "From", page);
        return text.ToString();
    }

    private static void AppendLink(StringBuilder text, string name, TranscriptLink link) => text.Append(OfRemark).Append(name)
        .Append(": ").Append(link.Text).Append(link.Address is { } address ? $", {address.AbsoluteUri}" : "").Append('\n');
}
