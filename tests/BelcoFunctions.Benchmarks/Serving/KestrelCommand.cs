using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>The limits for receiving: Kestrel reads a body and answers 202, at once or after a durable commit. It is a
/// separate process, like <c>belco serve</c>.</summary>
internal static class KestrelCommand
{
    public const string Name = "kestrel";
    public const string Folder = "--commit-to";

    public static Command Create()
    {
        var folder = new Option<string?>(Folder) { Description = "Answers after a commit to a file in this folder." };
        var command = new Command(Name, "Reads bodies and answers 202, until it is killed.") { folder };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var commits = parsed.GetValue(folder) is { } path ? new DurableCommits(Path.Combine(path, "bodies.db")) : null;
            await RunAsync(commits is null ? ReadAsync : http => CommitAsync(http, commits), cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(Func<HttpContext, Task> acceptAsync, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            await acceptAsync(http);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static Task ReadAsync(HttpContext http) => http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);

    private static async Task CommitAsync(HttpContext http, DurableCommits commits)
    {
        var body = new byte[(int)http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        await commits.AddAsync(body);
    }
}
