using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>The limit of receiving: Kestrel that reads a body and answers 202. A process of its own, as <c>belco serve</c>
/// is.</summary>
internal static class BareKestrelCommand
{
    public const string Name = "bare-kestrel";

    public static Command Create()
    {
        var command = new Command(Name, "Reads bodies and answers 202, until it is killed.") { Hidden = true };
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }
}
