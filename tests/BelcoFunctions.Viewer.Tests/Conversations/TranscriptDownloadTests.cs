using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Testing.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class TranscriptDownloadTests(AzuriteFixture azurite) : TableTests(azurite)
{
    // More than a page of the viewer has, and more than a request reads.
    private const int Events = 230;

    [AzuriteFact]
    public async Task A_transcript_has_every_event_in_order()
    {
        for (var first = 0; first < Events; first += 100)
        {
            await Table.ProjectAsync([.. Enumerable.Range(first, Math.Min(100, Events - first)).Select(second =>
                EventFactory.Reply("c", second, item => item["body"] = $"message {second}.").ToQueued())]);
        }

        var text = await SaveAsync("?shop=shop&conversation=c&format=text");

        Assert.Equal(Enumerable.Range(0, Events).Select(second => $"    message {second}."),
            text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)));
    }

    [AzuriteTheory]
    [InlineData("", false)]
    [InlineData("&notes=yes", true)]
    public async Task Internal_notes_are_in_it_only_if_somebody_asks(string more, bool hasNotes)
    {
        await Table.ProjectAsync(
            EventFactory.Reply("c", 1, item => item["body"] = "public").ToQueued(),
            EventFactory.Make(EventNames.ConversationNoteAdded, "c", 2, item => item["body"] = "secret").ToQueued());

        foreach (var format in (string[])["text", "html"])
        {
            var saved = await SaveAsync($"?shop=shop&conversation=c&format={format}{more}");
            Assert.Contains("public", saved, StringComparison.Ordinal);
            Assert.Equal(hasNotes, saved.Contains("secret", StringComparison.Ordinal));
            Assert.Contains(hasNotes ? "included" : "left out", saved, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public async Task An_error_before_the_first_event_can_still_be_a_page()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var row = Assert.Single(await Table.RowsAsync("timeline_"));
        row["Attachments"] = "no JSON";
        await Table.Client().UpdateEntityAsync(row, row.ETag);
        var http = new DefaultHttpContext();

        await Assert.ThrowsAsync<DamagedRowException>(
            () => SaveAsync("?shop=shop&conversation=c&format=html", http));

        Assert.Equal(0, http.Response.Body.Length);
        Assert.Null(http.Response.ContentType);
    }

    [Fact]
    public async Task Each_event_is_sent_before_the_next_is_read()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        List<long> sent = [];
        var transcript = new Transcript("c", [], EntriesAsync());

        await new TranscriptDownload(transcript, new TranscriptText()).ExecuteAsync(http);

        Assert.Equal(0, sent[0]);
        Assert.All(sent.Skip(1).Index(), each => Assert.True(each.Item > (each.Index + 1) * 10_000));

        async IAsyncEnumerable<TranscriptEntry> EntriesAsync()
        {
            for (var number = 0; number < 5; number++)
            {
                await Task.Yield();
                sent.Add(http.Response.Body.Length);
                yield return new(EntryKind.Other, "", "", new string('x', 10_000), [], [], null);
            }
        }
    }

    [Theory]
    [InlineData("abc-DEF_09", "conversation-abc-DEF_09.txt")]
    [InlineData("..", "conversation.txt")]
    [InlineData("../../etc/passwd", "conversation-etcpasswd.txt")]
    [InlineData("a\"; filename=b\r\nX: y", "conversation-afilenamebXy.txt")]
    [InlineData("\u202Etxt.exe", "conversation-txtexe.txt")]
    [InlineData("CON", "conversation-CON.txt")]
    public async Task No_id_makes_an_unsafe_file_name(string id, string name)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new TranscriptDownload(new Transcript(id, [], AsyncEnumerable.Empty<TranscriptEntry>()), new TranscriptText())
            .ExecuteAsync(http);
        Assert.Equal($"attachment; filename={name}", http.Response.Headers.ContentDisposition);
    }

    [Theory]
    [InlineData("?shop=s&conversation=c")]
    [InlineData("?shop=s&conversation=c&format=pdf")]
    [InlineData("?shop=s&format=text")]
    [InlineData("?conversation=c&format=text")]
    [InlineData("?shop=s&conversation=c&format=text&notes=no")]
    public void A_wrong_address_names_no_transcript(string query) => Assert.Null(Address(query));

    private async Task<string> SaveAsync(string query, HttpContext? http = null)
    {
        http ??= new DefaultHttpContext();
        var body = new MemoryStream();
        http.Response.Body = body;
        var address = Address(query)!;
        var reader = new TranscriptReader(
            new ConversationQueries(Table.Conversations()), new NameQueries(Table.Conversations(), TimeProvider.System),
            TimeProvider.System);
        var transcript = await reader.ReadAsync(address, DateTimeZone.Utc, CancellationToken.None);
        await new TranscriptDownload(transcript!, address.Format).ExecuteAsync(http);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static TranscriptAddress? Address(string query) =>
        TranscriptAddress.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
