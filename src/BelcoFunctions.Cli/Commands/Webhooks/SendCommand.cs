using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco send</c></summary>
internal static class SendCommand
{
    public static BelcoCommand Create()
    {
        var source = new Argument<string>("source")
        {
            Description = "A file with the body of one webhook, a folder of *.json files, or - for standard input.",
        };
        var url = ReceiverOption.Create();
        var command = new BelcoCommand(
            "send", "Post webhooks from files to any receiver, byte for byte.",
            example: "belco send webhook.json --url http://localhost:7071/api/webhooks/belco",
            details: "Signs them when Webhook__Secret is set.")
        { source, url };
        command.SetAction((parsed, cancellationToken) =>
            SendAsync(parsed.GetValue(source)!, parsed.GetValue(url)!, cancellationToken));
        return command;
    }

    private static async Task<int> SendAsync(string source, Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var sender = new WebhookSender(http, ServerOptions.ReadWebhookSettings());
        var (sent, failed) = (0, 0);
        foreach (var (name, read) in Find(source))
        {
            var result = await sender.SendAsync(url, await read(cancellationToken), cancellationToken);
            if (!result.IsSuccess) failed++;
            sent++;
            Console.WriteLine(DisplayText.Clean(
                result.IsSuccess ? $"{result.Status} {name} → {result.Queue}" : $"{result.Summary} ({name})"));
        }

        return failed == 0 ? 0 : throw new CommandException(
            $"{failed} of {sent} webhooks failed. The lines above say why.");
    }

    private static IEnumerable<(string Name, Func<CancellationToken, Task<byte[]>> Read)> Find(string source)
    {
        if (source == "-") return [("standard input", ReadStandardInputAsync)];
        if (File.Exists(source)) return [OneFile(source)];
        if (!Directory.Exists(source)) throw new CommandException($"There is no file or folder {source}. Check the path.");
        string[] files = [.. Directory.EnumerateFiles(source, "*.json").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files.Select(OneFile) : throw new CommandException(
            $"The folder {source} has no *.json files. Give a folder with one file for each webhook.");
    }

    private static (string, Func<CancellationToken, Task<byte[]>>) OneFile(string path) =>
        (Path.GetFileName(path), token => ReadFileAsync(path, token));

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {exception.Message}");
        }
    }

    private static async Task<byte[]> ReadStandardInputAsync(CancellationToken cancellationToken)
    {
        await using var input = Console.OpenStandardInput();
        using var body = new MemoryStream();
        await input.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }
}
