using System.CommandLine;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>A change of one webhook, which Belco makes.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Action">Follows the webhook in the path: a slash and a word, or nothing.</param>
/// <param name="Done">What Belco then did, like <c>activated</c>.</param>
/// <param name="Hint">What to know or to do next.</param>
internal sealed record WebhookChange(HttpMethod Method, string Action, string Done, string Hint)
{
    /// <summary>The id of the webhook: an argument of each command that changes one.</summary>
    public static Argument<string> Id() => new("id") { Description = "The id of the webhook, as belco webhooks shows it." };

    public static string Path(string id) => $"{WebhooksCommand.Path}/{Uri.EscapeDataString(id)}";

    public static string NotFound(string id) =>
        $"Belco does not know the webhook {DisplayText.Clean(id)}, or your token has no access to it. "
        + "List them with belco webhooks.";

    /// <exception cref="CommandException">Belco did not change the webhook.</exception>
    public async Task<int> MakeAsync(BelcoApi api, string id, ListOutput.Format format, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync(Method, Path(id) + Action, json: null, cancellationToken);
        if (!reply.IsSuccess)
            throw ReplyErrors.Explain(reply, $"Belco rejected the request. The webhook was not {Done}.", NotFound(id));
        // The form of the answer is not known, and a change that was made needs none.
        var answer = WithoutKeys.Answer(reply.Text);
        if (format is ListOutput.Format.Json)
        {
            ListOutput.WriteJson(new { Webhook = id, Done, Answer = answer });
            return 0;
        }

        Console.WriteLine($"Belco {Done} the webhook {DisplayText.Clean(id)}. {Hint}");
        if (answer is not null) Console.WriteLine($"Belco's answer: {DisplayText.Clean(ListOutput.Line(answer))}");
        return 0;
    }
}
