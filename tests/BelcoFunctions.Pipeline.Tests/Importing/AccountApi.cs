using System.Collections.Concurrent;
using System.Text.Json;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>Reads the false Belco without the network: an import of thousands of conversations takes seconds.</summary>
internal sealed class AccountApi(BelcoAccount account) : IBelcoApi
{
    private readonly ConcurrentQueue<string> paths = [];
    private int remaining = int.MaxValue;

    /// <summary>What goes wrong.</summary>
    public BelcoRules Rules { get; } = new();

    /// <summary>What was asked for.</summary>
    public IReadOnlyCollection<string> Paths => paths;

    /// <summary>The conversations whose items were asked for.</summary>
    public IEnumerable<string> Read => paths.Where(path => path.EndsWith("/items", StringComparison.Ordinal))
        .Select(path => Uri.UnescapeDataString(path.Split('/')[1]));

    /// <summary>Called for each request, before the answer.</summary>
    public Func<string, Task> Asked { get; set; } = _ => Task.CompletedTask;

    /// <summary>How much the clock of the import's machine is behind. Belco's is right.</summary>
    public TimeSpan Behind { get; set; }

    public void Clear() => paths.Clear();

    /// <summary>After this many requests, the process is killed: no request is answered any more.</summary>
    public void KillAfter(int requests) => remaining = requests;

    public async Task<BelcoAnswer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Decrement(ref remaining) < 0) throw new KilledException();
        paths.Enqueue(path);
        await Asked(path);
        var readAt = EventTime.ToMillisecond(DateTimeOffset.UtcNow - Behind);
        var parts = path.Split('?');
        var exchange = new BelcoExchange(new BelcoRequest("GET", [.. parts[0].Split('/').Select(Uri.UnescapeDataString)], path,
            Number(path, "skip", 0), Number(path, "limit", 100), FalseBelco.FirstToken, Body: null), cancellationToken);
        await Rules.ApplyAsync(exchange);
        var reply = exchange.Reply ?? BelcoRoutes.Answer(account, exchange.Request);
        return reply.Status switch
        {
            200 when IsJson(reply.Body) => new BelcoAnswer(
                reply.Body, readAt, AnsweredAt: EventTime.ToMillisecond(DateTimeOffset.UtcNow)),
            404 => null,
            401 => throw new BelcoApiException(BelcoApiError.Refused, "The token is refused."),
            403 => throw new BelcoApiException(BelcoApiError.Unusable, "The user may not read this."),
            429 or >= 500 => throw new BelcoApiException(BelcoApiError.Unavailable, "Belco does not answer."),
            _ => throw new BelcoApiException(BelcoApiError.Unusable, "The answer is not JSON."),
        };
    }

    private static int Number(string path, string name, int usual)
    {
        var at = path.IndexOf($"{name}=", StringComparison.Ordinal);
        return at < 0 ? usual : int.Parse(path[(at + name.Length + 1)..].Split('&')[0]);
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>The process of an import was killed.</summary>
internal sealed class KilledException : Exception;
