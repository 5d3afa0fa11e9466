namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>What the pages of dead letters call things.</summary>
internal static class DeadLetterNames
{
    /// <summary>What a kind of reason means for the person who repairs.</summary>
    public static string OfReason(string reason) => reason switch
    {
        "NeverProjectable" => "The body is not an event, or its blob is missing. Without a change, a redrive fails again.",
        "Failed" => "Ten unexpected errors for this event alone. This is a bug in belco: upgrade, then redrive.",
        "MaxDeliveryCountExceeded" =>
            "Delivered as often as the queue allows, without a result. The log says why. Once new events are projected, redrive.",
        "TTLExpiredException" => "They waited longer than the queue keeps events. Once new events are projected, redrive.",
        _ => "The queue gave this reason, not belco. Its description in each dead letter may say more.",
    };
}
