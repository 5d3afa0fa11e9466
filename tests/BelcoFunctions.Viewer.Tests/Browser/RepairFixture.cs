using System.Globalization;
using System.Text.RegularExpressions;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>A serve whose dead letters and unprojected events the tests repair.</summary>
public sealed partial class RepairFixture : BrowserFixture
{
    internal PipelineStorage Storage => PipelineStorage.FromConnectionString(ConnectionString);

    internal override async Task FillAsync(HttpClient http, PipelineStorage storage)
    {
        await SampleShops.PostAsync(http, PayloadFiles.InShop("conversation.replied", SampleShops.Samples));
        await SampleShops.WaitAsync(storage, SampleShops.Samples, conversations: 1, events: 1);
    }

    /// <summary>A client whose forms are sent as a page of the viewer sends them.</summary>
    internal HttpClient Open(Uri? address = null) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address ?? Address };

    /// <summary>Adds a dead letter, and returns its id.</summary>
    internal long Add(byte[] body, string reason = "Failed", string queue = QueueNames.ConversationReplied)
    {
        using var queues = QueueDatabase.Open(DataFolder, create: false);
        long id = 0;
        queues.InTransaction(() =>
        {
            // A dead letter keeps the id of the message that it was, so this takes an id that no other message has or will get.
            id = queues.QuerySingle(
                "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'messages' RETURNING seq", row => row.GetInt64(0));
            SampleRepairs.Add(queues, id, body, reason, "a description", queue: queue);
        });
        return id;
    }

    /// <summary>An event of a new shop without projected events.</summary>
    internal static byte[] NewEvent(string shopId, int number = 0)
    {
        var e = PayloadFiles.Parse("conversation.replied");
        e["requestId"] = $"{shopId}-{number}";
        e["payload"]!["conversation_item"]!["_id"] = $"{shopId}-{number}";
        e["payload"]!["shopId"] = shopId;
        return e.ToUtf8();
    }

    internal bool IsDeadLetter(long id) => ReadTime(id) is not null;

    /// <summary>The time at which it became a dead letter; null if it is not one.</summary>
    internal long? ReadTime(long id)
    {
        using var queues = QueueDatabase.Open(DataFolder, create: false);
        return queues.Query("SELECT dead_lettered_at FROM dead_letters WHERE id = $id", row => row.GetInt64(0), ("$id", id))
            is [var time] ? time : null;
    }

    /// <summary>Stores an event as unprojected.</summary>
    internal Task KeepAsync(byte[] body, string reason) => KeepAsync(Storage, reason, [body]);

    /// <summary>Stores events as unprojected.</summary>
    internal static async Task KeepAsync(PipelineStorage storage, string reason, IEnumerable<byte[]> bodies)
    {
        var store = new UnprojectedEventStore(
            storage, new PayloadReader(new BlobPayloadStore(storage.Payloads)), TimeProvider.System);
        var outcomes = await store.KeepAsync([.. bodies.Select(body => new QueuedEvent
        {
            Queue = QueueNames.UnprojectedEvents,
            EventName = "event",
            RequestId = "request",
            ReceivedAt = DateTimeOffset.UtcNow.AddMinutes(-1),
            Reason = reason,
            Body = body,
        })], CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Equal(new DeliveryOutcome.Kept(), outcome));
    }

    /// <summary>The form of a confirmation page, as a browser would send it.</summary>
    internal static async Task<Dictionary<string, string>> ReadFormAsync(HttpClient http, string address)
    {
        var page = await http.GetStringAsync(new Uri(address, UriKind.Relative));
        var form = page[page.IndexOf("<form class=\"confirm\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        return Field().Matches(form).ToDictionary(
            field => WebUtility.HtmlDecode(field.Groups[1].Value), field => WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    /// <summary>Sends a form, and returns the address of its run.</summary>
    internal static async Task<string> SendAsync(HttpClient http, string path, Dictionary<string, string> form)
    {
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>The number of events in each state, as the page of the run shows.</summary>
    internal static async Task<(bool IsDone, Dictionary<string, int> Counts)> ReadRunAsync(HttpClient http, string address)
    {
        var page = await http.GetStringAsync(new Uri(address, UriKind.Relative));
        return (!page.Contains("data-refresh", StringComparison.Ordinal), Tally().Matches(page).ToDictionary(
            tally => tally.Groups[2].Value,
            tally => int.Parse(tally.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
    }

    /// <summary>Confirms the redrive or replay at an address, and returns the result.</summary>
    internal static async Task<Dictionary<string, int>> RepairAsync(HttpClient http, string address) =>
        await WaitForRunAsync(http, await SendAsync(http, address.Split('?')[0], await ReadFormAsync(http, address)));

    /// <summary>Waits until every event of a run has a result, and returns the results.</summary>
    internal static async Task<Dictionary<string, int>> WaitForRunAsync(HttpClient http, string address)
    {
        Dictionary<string, int> found = [];
        await TestTimeout.UntilAsync(async _ =>
        {
            (var isDone, found) = await ReadRunAsync(http, address);
            return isDone;
        });
        return found;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Field();

    [GeneratedRegex("<strong>([0-9,]+)</strong>\\s*<span>([^<]+)</span>")]
    private static partial Regex Tally();
}

[CollectionDefinition(Name)]
public sealed class RepairCollection : ICollectionFixture<RepairFixture>
{
    public const string Name = "Repairs";
}
