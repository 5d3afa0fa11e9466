using System.Globalization;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Pipeline.Importing;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Cli.Tests.Belco;

/// <summary>Tests of the client of Belco's API, against a server of their own. Its clock skips every wait.</summary>
public abstract class BelcoApiTests
{
    protected const string Token = "personal-access-token";

    private protected SkippingTime Time { get; } =
        new(DateTimeOffset.Parse("2026-03-01T12:00:00.1239Z", CultureInfo.InvariantCulture));

    private protected List<BelcoPause> Pauses { get; } = [];

    private protected BelcoApi Open(ScriptedBelco belco) => Open(belco.Address);

    private protected BelcoApi Open(string address) => new(
        new BelcoApiSettings(new Uri(address), Token)
        {
            MaxAnswerMiB = 5,
            MaxTryTime = SkippingTime.Limit,
            OnPause = Pauses.Add,
        }, Time);

    /// <summary>Asks once for <c>conversations?skip=7</c>, and expects an error whose message shows nothing that it must
    /// not.</summary>
    private protected async Task<BelcoApiException> FailAsync(ScriptedBelco belco)
    {
        using var api = Open(belco);
        var error = await Assert.ThrowsAsync<BelcoApiException>(
            () => api.GetAsync("conversations?skip=7", CancellationToken.None));
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("skip=7", error.Message, StringComparison.Ordinal);
        return error;
    }

    private protected static async Task<BelcoAnswer?> GetAsync(BelcoApi api) =>
        await api.GetAsync("conversations?skip=7", CancellationToken.None);

    private protected static RequestDelegate Ok { get; } = Answers.Json("{}");
}
