namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>A test that checks KQL. Skipped, with the reason, where Node.js is missing, unless BELCO_REQUIRE_AZURITE=1.</summary>
public sealed class KustoFactAttribute : FactAttribute
{
    public KustoFactAttribute() => Skip =
        Environment.GetEnvironmentVariable("BELCO_REQUIRE_AZURITE") == "1" ? null : KustoLanguageService.ReasonToSkip;
}
