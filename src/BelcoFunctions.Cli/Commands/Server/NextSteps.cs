using BelcoFunctions.Cli.Commands.Webhooks;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>What to try after <c>belco demo</c>.</summary>
internal static class NextSteps
{
    /// <summary>For a demo that has ended. Its conversation is gone, unless it was given a folder or an account.</summary>
    public const string AfterTheEnd = """

        To try next:
          belco demo --keep   the same, and a month of an invented shop to look at in the browser
          belco serve         receive webhooks on this machine, and keep them
          belco help          all commands
        """;

    /// <summary>For a demo that runs until Ctrl+C.</summary>
    public static string WhileItRuns(Uri address, ServeHostOptions options)
    {
        // The value of --storage may have a key.
        var archive = options.Storage is null ? $"--data {CommandText.Word(options.DataFolder)}" : "--storage <account>";
        return $"""

            Open {address} to see this conversation, and {DemoShop.Conversations} conversations of an invented shop.
            To try next, in another terminal:
              belco shops {archive}
              belco show {Samples.ConversationId} --shop {Samples.ShopId} {archive}
              belco search --shop {DemoShop.Id} retour {archive}
              belco report --shop {DemoShop.Id} {archive}

            Ctrl+C to stop.
            """;
    }
}
