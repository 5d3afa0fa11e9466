namespace BelcoFunctions.Infra.Tests;

/// <summary>The roles of the app's identity and of the deploying person, and where they apply.</summary>
public sealed partial class RoleTests
{
    private const string Account = "storageAccounts/stdata*";

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["090c5cfd-751d-490a-894a-3ce6f1109419"] = "Azure Service Bus Data Owner",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
    };

    [Fact]
    public void The_identity_has_the_roles_that_the_app_needs_and_each_only_where_it_needs_it()
    {
        var queues = TemplateFiles.Queues.Select(queue => $"namespaces/sb-*/queues/{queue}").ToArray();
        string[] expected =
        [
            "Monitoring Metrics Publisher on components/appi-*",
            "Storage Blob Data Owner on storageAccounts/sthost*",
            .. OnData("Contributor"),
            .. queues.Select(queue => $"Azure Service Bus Data Owner on {queue}"),
            "Key Vault Secrets User on vaults/kv-*",
        ];

        Assert.Equal(expected, RolesGivenTo("{identity.principalId}", Deployment.Default, principalType: "ServicePrincipal"));
    }

    [Theory]
    [InlineData(null, "Reader")]
    [InlineData("reader", "Reader")]
    [InlineData("contributor", "Contributor")]
    [InlineData("none", null)]
    public void The_deploying_person_has_the_chosen_data_role(string? chosen, string? role)
    {
        var deployment = chosen is null ? Deployment.Default : Deployment.With(("DEPLOYER_DATA_ROLE", chosen));

        // Azure finds out whether it is a person or a service principal.
        Assert.Equal(role is null ? [] : OnData(role), RolesGivenTo("[deployer().objectId]", deployment, principalType: null));
    }

    [Fact]
    public void A_data_role_that_is_not_known_is_an_error() => Assert.Contains("'contributor' | 'none' | 'reader'",
        Deployment.ErrorWith(("DEPLOYER_DATA_ROLE", "owner")), StringComparison.Ordinal);

    [Fact]
    public void Nobody_else_has_a_role() => Assert.Equal(
        ["[deployer().objectId]", "{identity.principalId}"],
        Deployment.Default.All("Microsoft.Authorization/roleAssignments").Select(Principal).Distinct().Order());

    private static string[] OnData(string role) =>
    [
        .. TemplateFiles.Tables.Select(table =>
            $"Storage Table Data {role} on {Account}/tableServices/default/tables/{table}"),
        $"Storage Blob Data {role} on {Account}/blobServices/default/containers/{TemplateFiles.Names["payloadContainer"]}",
    ];

    private static IEnumerable<string> RolesGivenTo(string principal, Deployment deployment, string? principalType) => deployment
        .All("Microsoft.Authorization/roleAssignments").Where(assignment => Principal(assignment) == principal)
        .Select(assignment =>
        {
            var properties = assignment["properties"]!;
            Assert.Equal(principalType, (string?)properties["principalType"]);
            var role = ((string)properties["roleDefinitionId"]!).Split('/')[^1];
            return $"{Roles[role]} on {Scope((string)assignment["id"]!)}";
        });

    private static string Principal(JsonNode assignment) => Deployment.Text(assignment["properties"]!["principalId"]!);

    private static string Scope(string id) =>
        Token().Replace(ScopeInId().Match(id).Groups["scope"].Value, "*");

    [GeneratedRegex(@"^\[extensionResourceId\('/subscriptions/.*?/providers/[^/]+/(?<scope>[^']+)'")]
    private static partial Regex ScopeInId();

    [GeneratedRegex("(?<=sthost|stdata|-)[a-z0-9]{13}(?=/|$)")]
    private static partial Regex Token();
}
