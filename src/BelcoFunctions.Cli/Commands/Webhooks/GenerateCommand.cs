using System.CommandLine;
using System.Globalization;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Generator;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary><c>belco generate</c></summary>
internal static class GenerateCommand
{
    private const int DefaultConversations = 50;
    private const int MaxConversations = 1_000_000;
    private const int MaxIdLength = 128;
    private const int FirstYear = 2000;
    private const string DateFormat = "yyyy-MM-dd";

    public static BelcoCommand Create()
    {
        var conversations = NumberOption.Create(
            "--conversations", "How many conversations to make.", DefaultConversations, least: 1, MaxConversations);
        var seed = NumberOption.Create(
            "--seed", "A number that selects the shop: the same seed makes the same shop.",
            GeneratedShop.DefaultSeed, least: 0, int.MaxValue);
        var end = End();
        var shop = Shop();
        var url = ReceiverOption.Create();
        var output = Output();
        var command = new BelcoCommand(
            "generate", "Make a shop's webhooks, and post them or write them to files.",
            example: "belco generate --conversations 200 --output shop",
            details: """
                The conversations are invented, in Dutch and in English. They begin in the last 30 days, or in more if there
                are more than 40 a day. Some webhooks are late, and some are sent twice.
                The same options give the same webhooks, byte for byte, on every machine.
                Signs them when Webhook__Secret is set.
                """)
        { conversations, seed, end, shop, url, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is not null && result.GetResult(url) is { Implicit: false })
                result.AddError("Give either --url or --output.");
        });
        command.SetAction((parsed, cancellationToken) => GenerateAsync(
            new GeneratedShop(parsed.GetValue(seed), parsed.GetValue(shop)), parsed.GetValue(conversations),
            parsed.GetValue(end) ?? Yesterday, parsed.GetValue(url)!, parsed.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> GenerateAsync(
        GeneratedShop shop, int conversations, DateOnly end, Uri url, string? folder, CancellationToken cancellationToken)
    {
        var (begun, repeated) = (0, 0);
        var deliveries = shop.Deliveries(conversations, GeneratedShop.EndOf(end)).Select(delivery =>
        {
            if (delivery.IsRepeated) repeated++;
            else if (delivery.Webhook.EventName is EventNames.ConversationCreated) begun++;
            return delivery;
        });
        var done = folder is null ? "Posted" : "Wrote";
        using var progress = new SlowProgress(
            count => $"{done} {CountText.Format(count, "webhook")} …", Console.Error, TimeProvider.System)
        {
            Share = _ => (double)begun / conversations,
        };
        if (folder is null)
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            await new WebhookSender(http, ServerOptions.ReadWebhookSettings()).SendAllAsync(
                url, deliveries, progress, cancellationToken);
        }
        else
        {
            await WebhookFolder.WriteAsync(folder, deliveries, progress, cancellationToken);
        }

        Console.WriteLine($"{done} {CountText.Format(progress.Count, "webhook")} of "
            + $"{CountText.Format(conversations, "conversation")}, "
            + $"{repeated} of them a second time.");
        Console.WriteLine($"The shop is {shop.Id}. Its last day is {end.ToString(DateFormat, CultureInfo.InvariantCulture)}.");
        if (folder is not null) Console.WriteLine($"To post them: belco send {folder}");
        return 0;
    }

    // Yesterday in UTC is over in Amsterdam too.
    private static DateOnly Yesterday => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1);

    private static Option<DateOnly?> End() => new("--end")
    {
        Description = "The last day, like 2026-05-31. The default is yesterday.",
        HelpName = "day",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(
                    result.Tokens[0].Value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day.Year >= FirstYear && day <= Yesterday)
            {
                return day;
            }

            result.AddError($"--end must be a day that is over, like 2026-05-31, and not before {FirstYear}.");
            return null;
        },
    };

    private static Option<string?> Output()
    {
        var output = new Option<string?>("--output")
        {
            Description = "A new or empty folder to write to, instead of posting. belco send posts it.",
            HelpName = "folder",
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }]) result.AddError("--output is empty. Give a folder.");
        });
        return output;
    }

    private static Option<string?> Shop()
    {
        var shop = new Option<string?>("--shop")
        {
            Description = "The id of the shop. The default depends on the seed.",
            HelpName = "id",
        };
        shop.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 or > MaxIdLength }])
                result.AddError($"--shop must have 1 to {MaxIdLength} characters.");
        });
        return shop;
    }
}
