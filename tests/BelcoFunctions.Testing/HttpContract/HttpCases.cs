using System.IO.Compression;
using System.Text;
using static BelcoFunctions.Testing.HttpContract.HttpCase;

namespace BelcoFunctions.Testing.HttpContract;

/// <summary>Every kind of request and its answer, for both hosts: a difference between them is a defect.</summary>
internal static class HttpCases
{
    private const int FiftyMebibytes = 50 * 1024 * 1024;
    private const string NotAnEvent = "Not a Belco webhook";
    private const string ListParameters =
        "status, assignedTo, customerId, channel, waiting, since, until, top, continuationToken";

    private static readonly byte[] Event = PayloadFiles.Read("conversation.closed");
    private static readonly string Signature = Sign(Event);

    public static IReadOnlyList<HttpCase> All { get; } =
    [
        .. PayloadFiles.Names.Select(name => Queued(name, PayloadFiles.Read(name), name.Replace('.', '-'))),
        Queued("another event", """{"requestId":"r","eventName":"contact.created"}""", "unprojected-events"),
        Queued("a field is missing", """{"requestId":"r","eventName":"conversation.closed"}""", "unprojected-events"),
        Queued("a field is ill-typed", """{"requestId":"r","eventName":"conversation.closed","date":{}}""", "unprojected-events"),
        Queued("with a byte order mark", [0xEF, 0xBB, 0xBF, .. Event], "conversation-closed"),
        Queued("of any content type", new HttpCaseRequest { Body = Event, Headers = [("Content-Type", "text/html")] }),
        Queued("at the limit", Padded(MaxBodyBytes), "conversation-closed"),

        Refused("empty", new(), 400, NotAnEvent),
        Refused("no JSON", Post("hello"), 400, NotAnEvent),
        Refused("no object", Post("[]"), 400, NotAnEvent),
        Refused("no request id", Post("""{"eventName":"conversation.closed"}"""), 400, NotAnEvent),
        Refused("no event name", Post("""{"requestId":"r"}"""), 400, NotAnEvent),
        Refused("not UTF-8", new() { Body = [.. "{\"requestId\":\"r"u8, 0xFF, .. "\"}"u8] }, 400, NotAnEvent),
        // Neither host decompresses a body.
        Refused("compressed", new() { Body = Compressed(Event), Headers = [("Content-Encoding", "gzip")] }, 400, NotAnEvent),

        Queued("signed", Post(Event, Signature)) with { Signed = true },
        Queued("signed in capitals", Post(Event, Signature.ToUpperInvariant())) with { Signed = true },
        Queued("with a signature that is not required", Post(Event, "wrong")),
        Unsigned("without its signature", Post(Event)),
        Unsigned("with an empty signature", Post(Event, "")),
        Unsigned("with a wrong signature", Post(Event, Sign([1]))),
        Unsigned("with a signature of other bytes", Post([.. Event, (byte)' '], Signature)),
        Unsigned("with its signature twice", Post(Event, Signature, Signature)),
        Unsigned("with a wrong signature before the right one", Post(Event, Sign([1]), Signature)),
        Unsigned("no event, and not signed", Post("hello"u8.ToArray())),
        Queued("signed with the previous secret", Post(Event, SignBefore(Event))) with { Signed = true },
        Unsigned("signed in another header than the one that is named", In("X-Other", Signature)),

        Anywhere("signed in a header of any name", In("X-Belco-Hmac", Signature)),
        Anywhere("signed with the previous secret, in any header", In("X-Hmac", "sha256=" + SignBefore(Event))),
        Anywhere("signed behind sha256=", In("X-Hub-Signature-256", "sha256=" + Signature)),
        Anywhere("signed in base64", In("X-Shop-Hmac", SignBase64(Event))),
        Anywhere("signed behind a version", In("Webhook-Signature", "v1," + SignBase64(Event))),
        Anywhere("signed behind a time", In("Stripe-Signature", "t=1718097305,v1=" + Signature)),
        Anywhere("signed in Authorization", In("Authorization", "HMAC " + Signature)),
        Anywhere("signed among ninety headers", Among(Fill(89, number => new string('x', number)), "X-Signature")),
        Anywhere("signed before sixteen others", Among(Fill(16, _ => Sign([1])), "A-Signature")),
        Anywhere("a wrong signature before the right one in the same header, base64",
            Post(Event, SignBase64([1]), SignBase64(Event))),
        Nowhere("signed behind sixteen others", Among(Fill(16, _ => Sign([1])), "Z-Signature")),
        Nowhere("a wrong signature before the right one in the same header, hex", Post(Event, Sign([1]), Signature)),
        Nowhere("the right signature before a wrong one in the same header, base64",
            Post(Event, SignBase64(Event), SignBase64([1]))),
        Nowhere("signed in no header", Post(Event)),
        Nowhere("signed in a value of 129 characters", In("X", new string('a', 64) + "=" + Signature)),
        Nowhere("signed with a quote behind it", In("Signature", $"keyId=\"a\",signature=\"{Signature}\"")),
        Nowhere("with a signature that has one character too many", In("X-Signature", Signature + "0")),
        Nowhere("with a signature that has one character too few", In("X-Signature", Signature[1..])),
        Nowhere("with a signature of other bytes, in any header", Post([.. Event, (byte)' '], Signature)),
        Queued("not signed, which is allowed", Post(Event)) with { Signed = true, AnyHeader = true, AllowUnsigned = true },
        Queued("with a wrong signature, which is allowed", Post(Event, Sign([1]))) with { Signed = true, AllowUnsigned = true },

        WithoutLength("chunked", Post(Event) with { Framing = Framing.Chunked }),
        WithoutLength("chunked and over the limit", Post(Padded(MaxBodyBytes + 1)) with { Framing = Framing.Chunked }),
        WithoutLength("chunked and signed", Post(Event, Signature) with { Framing = Framing.Chunked }) with { Signed = true },
        WithoutLength("without a length", new() { Framing = Framing.None }),

        Refused("one byte over the limit", new() { Body = Padded(MaxBodyBytes + 1) }, 413, "Body too large"),
        Refused("50 MiB", new() { Body = Padded(FiftyMebibytes) }, 413, "Body too large"),
        Refused("50 MiB, and not signed", new() { Body = Padded(FiftyMebibytes) }, 413, "Body too large") with { Signed = true },

        Refused("the queue is away", Post(Event), 503, "Not queued") with { QueueIsAway = true },

        .. ((string[])["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
            .Select(method => NoRoute($"{method} of a webhook", method, "/api/webhooks/belco")),
        NoRoute("POST of a list", "POST", "/api/shops/shop/conversations"),
        NoRoute("DELETE of a conversation", "DELETE", "/api/shops/shop/conversations/conversation"),
        NoRoute("POST of health", "POST", "/api/health"),
        NoRoute("HEAD of health", "HEAD", "/api/health"),
        NoRoute("no such path", "GET", "/api/shops"),
        // Dot segments are removed before routing.
        NoRoute("the shop .", "GET", "/api/shops/./conversations"),
        NoRoute("the shop ..", "GET", "/api/shops/../conversations"),
        NoRoute("the conversation ..", "GET", "/api/shops/shop/conversations/.."),
        Read("the conversation ., which leaves the list", "/api/shops/http-cases/conversations/."),

        Read("a list", "/api/shops/http-cases/conversations"),
        Read("a list, filtered twice", "/api/shops/http-cases/conversations?status=open&status=closed"),
        Read("health", "/api/health"),
        Unread("no such conversation", "/api/shops/http-cases/conversations/none", 404, "Conversation not found"),
        Unread("a wrong parameter", "/api/shops/http-cases/conversations?top=none", 400, "Parameter not understood"),
        Unread("a parameter twice", "/api/shops/http-cases/conversations?top=1&top=2", 400, "Parameter not understood"),
        Read("a list, filtered in every way", "/api/shops/http-cases/conversations?status=Closed&assignedTo=Nobody&customerId=a"
            + "&channel=chat&waiting=true&since=2026-01-01&until=2026-02-01T09:00%2B01:00&top=1"),
        Read("a list, with a function key", "/api/shops/http-cases/conversations?code=key&clientId=default"),
        Read("a list, with pairs that have no name", "/api/shops/http-cases/conversations?&&=x&top=1&"),
        Unread("no date", "/api/shops/http-cases/conversations?since=monday", 400, "Parameter not understood"),
        Unread("dates in the wrong order", "/api/shops/http-cases/conversations?since=2026-02-01&until=2026-01-01", 400,
            "Parameter not understood"),
        Unread("neither true nor false", "/api/shops/http-cases/conversations?waiting=yes", 400, "Parameter not understood"),
        Unknown("a parameter that is not known", "/api/shops/http-cases/conversations?stat=open", "stat", ListParameters),
        Unknown("a parameter that is not known, without a value", "/api/shops/http-cases/conversations?top=1&stat", "stat",
            ListParameters),
        Unknown("a parameter that is not known, with an empty value", "/api/shops/http-cases/conversations?%3Cb%3E=", "<b>",
            ListParameters),
        Unknown("a parameter of the list for a conversation", "/api/shops/http-cases/conversations/none?status=open", "status",
            "top, continuationToken"),
        Unread("an id with a slash", "/api/shops/http%2Fcases/conversations", 400, "Id not understood"),
    ];

    public static TheoryData<string> Names { get; } = new(All.Select(each => each.Name));

    public static HttpCase Find(string name) => All.Single(each => each.Name == name);

    private static HttpCase Queued(string name, HttpCaseRequest request, string queue = "conversation-closed") =>
        new(name, request, 200) { Queue = queue };

    private static HttpCase Queued(string name, byte[] body, string queue) =>
        Queued(name, new HttpCaseRequest { Body = body }, queue);

    private static HttpCase Queued(string name, string body, string queue) => Queued(name, Post(body), queue);

    private static HttpCase Refused(string name, HttpCaseRequest request, int status, string problem) =>
        new(name, request, status) { Problem = problem };

    private static HttpCase Unsigned(string name, HttpCaseRequest request) =>
        Refused(name, request, 401, "Signature required") with { Signed = true };

    private static HttpCase Anywhere(string name, HttpCaseRequest request) =>
        Queued(name, request) with { Signed = true, AnyHeader = true };

    private static HttpCase Nowhere(string name, HttpCaseRequest request) => Unsigned(name, request) with { AnyHeader = true };

    private static HttpCase WithoutLength(string name, HttpCaseRequest request) => Refused(name, request, 411, "Length required");

    private static HttpCase NoRoute(string name, string method, string path) =>
        new(name, new() { Method = method, Path = path, Framing = Framing.None }, 404);

    private static HttpCase Read(string name, string path) =>
        new(name, new() { Method = "GET", Path = path, Framing = Framing.None }, 200)
        {
            IsPrivate = path.StartsWith("/api/shops/", StringComparison.Ordinal),
        };

    private static HttpCase Unread(string name, string path, int status, string problem) =>
        Read(name, path) with { Status = status, Problem = problem };

    private static HttpCase Unknown(string name, string path, string parameter, string known) =>
        Unread(name, path, 400, "Parameter not known") with
        {
            Detail = $"There is no parameter \"{parameter}\". Those that exist: {known}.",
        };

    private static HttpCaseRequest Post(string body) => new() { Body = Encoding.UTF8.GetBytes(body) };

    private static HttpCaseRequest Post(byte[] body, params string[] signatures) =>
        new() { Body = body, Headers = [.. signatures.Select(signature => (SignatureHeader, signature))] };

    private static HttpCaseRequest In(string header, string value) => new() { Body = Event, Headers = [(header, value)] };

    private static HttpCaseRequest Among(IEnumerable<(string Name, string Value)> others, string header) =>
        new() { Body = Event, Headers = [.. others, (header, Signature)] };

    private static IEnumerable<(string Name, string Value)> Fill(int count, Func<int, string> value) =>
        Enumerable.Range(0, count).Select(number => ($"X-{number:00}", value(number)));

    private static byte[] Padded(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        Event.CopyTo(body, 0);
        return body;
    }

    private static byte[] Compressed(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(body);
        return compressed.ToArray();
    }
}
