namespace BelcoFunctions.Viewer.Live;

/// <summary>The result of a webhook: first the answer to its sender, then the projection.</summary>
/// <param name="Text">The outcome.</param>
/// <param name="Class">The class of its colour.</param>
/// <param name="Took">How long it took; empty while it is not done.</param>
public sealed record LiveStep(string Text, string Class, string Took)
{
    private const string Good = "good";
    private const string Neutral = "neutral";
    private const string Warning = "warning";
    private const string Bad = "bad";

    public static LiveStep Blank { get; } = new("", "", "");

    public static LiveStep From(WebhookAnswer answer, TimeSpan took)
    {
        var (text, tone) = answer switch
        {
            WebhookAnswer.Queued or WebhookAnswer.Unprojected => ("Accepted", Good),
            WebhookAnswer.Malformed => ("Refused, 400", Bad),
            WebhookAnswer.SignatureRejected => ("Refused, 401", Bad),
            WebhookAnswer.LengthRequired => ("Refused, 411", Bad),
            WebhookAnswer.TooLarge => ("Refused, 413", Bad),
            _ => ("Not queued, 503", Warning),
        };
        return new LiveStep(text, tone, ShortDuration.Format(took));
    }

    public static LiveStep From(LiveWebhook webhook)
    {
        if (webhook.Projection is not { } projection)
        {
            return webhook.Answer is WebhookAnswer.Queued or WebhookAnswer.Unprojected
                ? new LiveStep("Waiting", Neutral, "") : Blank;
        }

        var (text, tone) = projection.Outcome switch
        {
            ProjectionOutcome.Projected => ("Projected", Good),
            ProjectionOutcome.Duplicate => ("Duplicate", Neutral),
            ProjectionOutcome.Erased => ("Erased", Neutral),
            ProjectionOutcome.Kept => ("Kept, unprojected", Warning),
            ProjectionOutcome.Retrying => ("Retrying", Warning),
            _ => ("Dead letter", Bad),
        };
        return new LiveStep(text, tone, ShortDuration.Format(projection.Took));
    }

    /// <summary>Why a webhook was refused, if the host gives no reason of its own.</summary>
    public static string ReasonOf(WebhookAnswer answer) => answer switch
    {
        WebhookAnswer.SignatureRejected => "The signature is missing or wrong.",
        WebhookAnswer.LengthRequired => "The request has no Content-Length.",
        WebhookAnswer.TooLarge => "The body is over the limit.",
        WebhookAnswer.Unavailable => "The queue did not accept it. Belco should send it again.",
        _ => "",
    };
}
