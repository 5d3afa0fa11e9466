namespace BelcoFunctions.Cli.Belco;

/// <summary>Where Belco's API is, how to sign in, and how long to try. Not a record: its text would have the token.</summary>
/// <param name="address">Like <c>https://api.belco.io</c>, with or without the <c>/v1</c> of its paths.</param>
/// <param name="token">A personal access token.</param>
internal sealed class BelcoApiSettings(Uri address, string token)
{
    public const string DefaultAddress = "https://api.belco.io";

    public Uri Address => address;

    public string Token => token;

    /// <summary>How often a failed request is sent again. The waits between double from 1 s to 60 s: 3 take 7 s, 8 take 3
    /// minutes, and more if Belco asks for more.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The time for one try, from sending the request to the end of the answer.</summary>
    public TimeSpan MaxTryTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest body of an answer, in whole MiB.</summary>
    public int MaxAnswerMiB { get; init; } = 64;

    /// <summary>Called once for each pause of all requests, by the first request that waits for it. Any thread may call
    /// it.</summary>
    public Action<BelcoPause> OnPause { get; init; } = _ => { };
}
