using System.Text.RegularExpressions;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>Collects the addresses that Azurite prints while it starts.</summary>
internal sealed partial class AzuriteAddresses
{
    private const string Account = "devstoreaccount1";

    /// <summary>The key of every Azurite. It is no secret:
    /// https://learn.microsoft.com/azure/storage/common/storage-use-azurite publishes it.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Dictionary<string, string> addresses = [];

    public bool AreComplete => addresses.Count == 3;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + string.Concat(addresses.Select(service => $"{service.Key}Endpoint={service.Value}/{Account};"));

    public void Read(string line)
    {
        var match = Listening().Match(line);
        if (match.Success) addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>http://127\.0\.0\.1:\d+)$")]
    private static partial Regex Listening();
}
