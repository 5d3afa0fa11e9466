using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>Checks a token of the form <c>SharedAccessSignature sr=…&amp;sig=…&amp;se=…&amp;skn=…</c>. The signature is
/// the HMAC-SHA256 of the resource and the expiry, both as they stand in the token.</summary>
internal static class SharedAccessToken
{
    private const string Scheme = "SharedAccessSignature ";

    public static bool IsValid(string? token, string keyName, string key)
    {
        if (token is null || !token.StartsWith(Scheme, StringComparison.Ordinal)) return false;
        var fields = token[Scheme.Length..].Split('&').Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2).ToLookup(field => field[0], field => field[1]);
        string Field(string name) => fields[name].FirstOrDefault() ?? "";

        var signed = Encoding.UTF8.GetBytes($"{Field("sr")}\n{Field("se")}");
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
        return WebUtility.UrlDecode(Field("skn")) == keyName
            && WebUtility.UrlDecode(Field("sig")) == signature
            && long.TryParse(Field("se"), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            && expiry > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }
}
