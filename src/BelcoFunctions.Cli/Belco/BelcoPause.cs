namespace BelcoFunctions.Cli.Belco;

/// <summary>A time in which no request is sent, because one has failed.</summary>
/// <param name="Reason">What happened, like <c>Belco asks to slow down</c>.</param>
/// <param name="Wait">How long the pause still is.</param>
internal sealed record BelcoPause(string Reason, TimeSpan Wait)
{
    /// <summary>A sentence for people, with the wait in whole seconds, rounded up.</summary>
    public override string ToString() =>
        $"{Reason}; waiting {DurationText.Format(TimeSpan.FromSeconds(Math.Ceiling(Wait.TotalSeconds)))}.";
}
