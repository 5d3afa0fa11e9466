namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>The texts for the reasons of dead letters.</summary>
internal static class DeadLetterNames
{
    /// <summary>What a reason means, and what the operator can do.</summary>
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
