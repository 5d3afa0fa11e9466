namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>A query in this repository.</summary>
/// <param name="Source">Where it was found.</param>
/// <param name="Scopes">Where it may run. It must be valid in one of them.</param>
internal sealed record KustoQuery(string Source, string Text, params string[] Scopes)
{
    /// <summary>An Application Insights component.</summary>
    public const string Component = "component";

    /// <summary>A Log Analytics workspace.</summary>
    public const string Workspace = "workspace";
}
