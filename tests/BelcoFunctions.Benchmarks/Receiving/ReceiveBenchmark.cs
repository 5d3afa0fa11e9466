using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Benchmarks.Receiving;

/// <summary>Measures the work of the receiver before an event is in its queue, compared with hashing the same bytes and
/// skipping their JSON.</summary>
internal sealed class ReceiveBenchmark : IBenchmark
{
    private const int BodyBytes = 1024;
    private const int MaxBytesAllocated = 400;

    private readonly byte[] body = Body();

    public string Name => "receive";

    public string Summary => "verify, read and route a signed event of 1 KB, on one thread";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var signature = Webhooks.Sign(body);
        var headers = new SignedHeaders(signature);
        var verifier = new SignatureVerifier(Webhooks.Settings);
        var queue = new NoOpQueue();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new ReceivingMetrics(services.GetRequiredService<IMeterFactory>());
        var receiver = new WebhookReceiver(Webhooks.Settings, queue, queue, metrics,
            TimeProvider.System, NullLogger<WebhookReceiver>.Instance);
        if (receiver.Accept(body, headers).Event?.Queue is not QueueNames.ConversationReplied)
        {
            throw new InvalidOperationException("The event was not routed to its queue.");
        }

        using var hmac = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Webhooks.Settings.Secrets[0]));
        var readings = await session.InterleaveAsync(cancellationToken,
            Operation.Side("SHA-256", () => Hash()),
            Operation.Side("skip", () => Skip()),
            Operation.Side("SHA-256 and skip", () => Hash() + Skip()),
            Operation.Side("HMAC", () => Sign(hmac)),
            Operation.Side("verify", () => verifier.Verify(signature, body)),
            Operation.Side("check UTF-8", () => Utf8.IsValid(body)),
            Operation.Side("find", () => Find(validate: false)),
            Operation.Side("find and validate", () => Find(validate: true)),
            Operation.Side("read and route", () => EventRouter.Route(EventReader.ReadRoute(body), body, Webhooks.Start)),
            Operation.Side("verify, read and route", () => receiver.Accept(body, headers)),
            Operation.Side("receive", () => ReceiveAsync().GetAwaiter().GetResult()),
            Operation.Side("read the whole event", () => body.ToEvent()));
        var (hash, skip, limit, sign, verify) = (readings[0], readings[1], readings[2], readings[3], readings[4]);
        var (utf8, find, validate, route) = (readings[5], readings[6], readings[7], readings[8]);
        var (ours, receive, whole) = (readings[9], readings[10], readings[11]);
        return
        [
            Comparison.Create(
                "verify, read and route, beside SHA-256 and skip", Operation.Nanoseconds, limit, ours, Goal.AtMost(1.7)),
            Comparison.Create("verify, read and route", Operation.Bytes, ours, Goal.AtMost(MaxBytesAllocated)),
            Comparison.Create("sign, beside SHA-256", Operation.Nanoseconds, hash, sign),
            Comparison.Create("verify, beside SHA-256", Operation.Nanoseconds, hash, verify),
            Comparison.Create("check that it is UTF-8, beside skip", Operation.Nanoseconds, skip, utf8),
            Comparison.Create("find the fields and read the times, beside skip", Operation.Nanoseconds, skip, find),
            Comparison.Create("the same and validate, beside skip", Operation.Nanoseconds, skip, validate),
            Comparison.Create("read and route, beside skip", Operation.Nanoseconds, skip, route),
            Comparison.Create("from the request's stream to a queue that takes it at once, beside SHA-256 and skip",
                Operation.Nanoseconds, limit, receive),
            Comparison.Create("from the request's stream to a queue that takes it at once", Operation.Bytes, receive),
            Comparison.Create("read the whole event, as a projection does, beside skip", Operation.Nanoseconds, skip, whole),
            Comparison.Create("read the whole event, as a projection does", Operation.Bytes, whole),
        ];

        async Task<ReceiveOutcome> ReceiveAsync()
        {
            using var stream = new MemoryStream(body);
            return await receiver.ReceiveAsync(stream, body.Length, headers, CancellationToken.None);
        }
    }

    private long Hash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return hash[0];
    }

    private long Skip()
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read()) { }
        return reader.BytesConsumed;
    }

    private int Sign(IncrementalHash hmac)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.AppendData(body);
        return hmac.GetHashAndReset(signature);
    }

    private int Find(bool validate)
    {
        var fields = new EventFields(body, stackalloc EventFields.JsonValue[(int)EventField.Count]);
        return validate && EventValidation.FirstError(fields) is { } error
            ? throw new InvalidOperationException(error)
            : fields.Json(EventField.ItemId).Length;
    }

    // The sample of a reply without its white space, and with a longer text.
    private static byte[] Body()
    {
        var e = PayloadFiles.Parse(EventNames.ConversationReplied);
        var item = e["payload"]!["conversation_item"]!;
        item["body"] = (string)item["body"]! + new string('!', BodyBytes - e.ToUtf8().Length);
        return e.ToUtf8();
    }

    private sealed class NoOpQueue : IEventQueue, IPayloadStore
    {
        public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
