using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Testing.Belco;

/// <summary>Belco's API on a free port of this machine, as design section 9 describes it. What the section does not know is
/// invented here, and a test can change it.</summary>
internal sealed class FalseBelco : IAsyncDisposable
{
    public const string FirstToken = "false-belco-token";

    private readonly WebApplication app;
    private readonly TimeProvider time;

    private FalseBelco(WebApplication app, BelcoAccount account, TimeProvider time)
    {
        (this.app, Account, this.time) = (app, account, time);
        Requests = new(time);
    }

    /// <summary>The base of all paths, without a slash at its end.</summary>
    public string Address => $"{app.Urls.Single()}/v1";

    /// <summary>The only token that is accepted.</summary>
    public string Token { get; set; } = FirstToken;

    public BelcoAccount Account { get; }

    /// <summary>What goes wrong.</summary>
    public BelcoRules Rules { get; } = new();

    /// <summary>What was asked.</summary>
    public BelcoRequestLog Requests { get; }

    /// <param name="account">What the token may see; null for an account without a shop.</param>
    /// <param name="time">Gives the header Date; null for the system's clock.</param>
    public static async Task<FalseBelco> StartAsync(BelcoAccount? account = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var belco = new FalseBelco(builder.Build(), account ?? new(), time ?? TimeProvider.System);
        belco.app.Run(belco.AnswerAsync);
        await belco.app.StartAsync();
        return belco;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var exchange = new BelcoExchange(await BelcoRequest.ReadAsync(http.Request), http.RequestAborted);
        using var running = Requests.Add(exchange.Request);
        http.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        await Rules.ApplyAsync(exchange);
        var reply = exchange.Reply ?? (exchange.Request.Token == Token
            ? BelcoRoutes.Answer(Account, exchange.Request) : BelcoReply.Refusal(401, "Unauthorized"));
        await reply.WriteAsync(http, exchange.IsCut);
    }
}
