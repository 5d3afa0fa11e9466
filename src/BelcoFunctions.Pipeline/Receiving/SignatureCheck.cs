using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Decides whether to accept a webhook by its signature, and logs for the operator what it found.</summary>
internal sealed partial class SignatureCheck : IDisposable
{
    private static readonly TimeSpan RefusalInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromHours(1);

    private readonly WebhookSettings settings;
    private readonly ILogger logger;
    private readonly SignatureVerifier verifier;
    private readonly SignatureSearch search;
    private readonly OncePerInterval refusals;
    private readonly ITimer? reminder;
    private (string Header, SignatureEncoding Encoding)? lastLogged;

    public SignatureCheck(WebhookSettings settings, TimeProvider time, ILogger logger)
    {
        (this.settings, this.logger) = (settings, logger);
        (verifier, search) = (new SignatureVerifier(settings), new SignatureSearch(settings));
        refusals = new OncePerInterval(RefusalInterval, time);
        if (settings.Signature is not SignatureRule.NotEnforced) return;
        reminder = time.CreateTimer(_ => LogNotEnforced(logger), null, TimeSpan.Zero, ReminderInterval);
    }

    public bool Accepts(IRequestHeaders headers, ReadOnlySpan<byte> body)
    {
        if (settings.Signature is SignatureRule.Off) return true;
        return IsSigned(headers, body) || settings.Signature is SignatureRule.NotEnforced;
    }

    public void Dispose() => reminder?.Dispose();

    private bool IsSigned(IRequestHeaders headers, ReadOnlySpan<byte> body)
    {
        if (settings.SignatureHeader is { } pinned)
        {
            if (verifier.Verify(headers.Find(pinned), body) is SignatureResult.Valid) return true;
            if (refusals.TryEnter())
            {
                if (settings.Signature is SignatureRule.NotEnforced) LogWouldRefuse(logger, pinned);
                else LogPinnedRefused(logger, pinned);
            }

            return false;
        }

        var candidates = SignatureSearch.Candidates(headers);
        if (search.Find(candidates, body) is { } found)
        {
            LogIfNew(found);
            return true;
        }

        if (refusals.TryEnter())
        {
            var names = candidates.Count == 0 ? "none" : string.Join(", ", candidates.Select(each => each.ShownHeader));
            if (settings.Signature is SignatureRule.NotEnforced) LogWouldRefuse(logger, names);
            else LogRefused(logger, names);
        }

        return false;
    }

    // Log again only if the header or the form is another one: an operator's test may be signed in another way than Belco's
    // webhooks. Nobody without the secret can cause such a line.
    private void LogIfNew(SignatureCandidate found)
    {
        lock (refusals)
        {
            if (lastLogged == (found.ShownHeader, found.Encoding)) return;
            lastLogged = (found.ShownHeader, found.Encoding);
        }

        LogFound(logger, found.ShownHeader, found.Form);
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The signature is in the header {Header}, as {Form}. It is accepted there without another setting. To accept "
            + "nothing else, set Webhook__SignatureHeader, Webhook__SignatureEncoding and Webhook__SignaturePrefix.")]
    private static partial void LogFound(ILogger logger, string header, string form);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A webhook got 401: no header has a valid signature for Webhook__Secret. Headers that look like a signature: "
            + "{Headers}. This line comes at most once a minute.")]
    private static partial void LogRefused(ILogger logger, string headers);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A webhook got 401: no header has a valid signature. Webhook__SignatureHeader allows only {Header}, "
            + "with Webhook__SignatureEncoding and Webhook__SignaturePrefix. This line comes at most once a minute.")]
    private static partial void LogPinnedRefused(ILogger logger, string header);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A webhook was accepted only because Webhook__AllowUnsigned is true: its signature is missing or "
            + "wrong. Headers that were tried: {Headers}. This line comes at most once a minute.")]
    private static partial void LogWouldRefuse(ILogger logger, string headers);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Signatures are not enforced: Webhook__AllowUnsigned is true, so anyone who can reach the webhook's address "
            + "can post webhooks. Remove it once Belco's webhooks arrive with the right signature. This line comes each hour.")]
    private static partial void LogNotEnforced(ILogger logger);
}
