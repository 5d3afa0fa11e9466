using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>Explains why Belco did not change its webhooks.</summary>
internal static class ReplyErrors
{
    private const int MaxShownLength = 300;

    /// <param name="reply">Belco's answer. Its beginning is shown.</param>
    /// <param name="rejected">The sentences for a request that Belco finds wrong.</param>
    /// <param name="notFound">The sentences for something that Belco does not know.</param>
    public static CommandException Explain(BelcoReply reply, string rejected, string notFound)
    {
        var sentence = reply.Status switch
        {
            HttpStatusCode.Unauthorized =>
                $"Belco does not accept the token in {BelcoToken.Variable}. Make a new one on your profile page in Belco.",
            HttpStatusCode.Forbidden =>
                $"Belco does not let the user of the token in {BelcoToken.Variable} do that for this shop. "
                + "Check the shop, and the user's rights in Belco.",
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => rejected,
            HttpStatusCode.NotFound => notFound,
            HttpStatusCode.TooManyRequests => "Belco received too many requests. Try again later.",
            var status => $"Belco answered {(int)status}.",
        };
        var answer = DisplayText.Clean(Text(WithoutKeys.Answer(reply.Text))).Trim();
        return new CommandException(
            answer.Length == 0 ? sentence : $"{sentence} Belco's answer: {DisplayText.Short(answer, MaxShownLength)}");
    }

    private static string Text(JsonNode? answer) => answer switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => ListOutput.Line(answer),
    };
}
