using BelcoFunctions.Viewer.Shared.Text;
using BelcoFunctions.Viewer.Transcripts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Sends a transcript to save, event by event.</summary>
internal sealed class TranscriptDownload(Transcript transcript, ITranscriptFormat format) : IResult
{
    private const int MaxNameLength = 60;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        await using var entries = transcript.Entries.GetAsyncEnumerator(cancellationToken);
        // Read the first event before anything is sent: until then, an error can still be a page.
        var hasEntry = await entries.MoveNextAsync();
        var response = httpContext.Response;
        response.ContentType = format.ContentType;
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = FileName(transcript.ConversationId) }.ToString();
        var title = $"Conversation {VisibleText.OfLine(transcript.ConversationId)}";
        await response.WriteAsync(format.Begin(title, transcript.Facts), cancellationToken);
        for (; hasEntry; hasEntry = await entries.MoveNextAsync())
        {
            await response.WriteAsync(format.Write(entries.Current), cancellationToken);
        }

        await response.WriteAsync(format.End, cancellationToken);
    }

    // An id may be anything, even a path or a name that the system reserves.
    private string FileName(string conversationId)
    {
        var safe = new string([.. conversationId.Where(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_')
            .Take(MaxNameLength)]);
        return $"conversation{(safe.Length == 0 ? "" : $"-{safe}")}.{format.Extension}";
    }
}
