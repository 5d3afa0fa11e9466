namespace BelcoFunctions.Infra.Tests;

/// <summary>What the app's identity may do, and where.</summary>
public sealed partial class RoleTests
{
    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["090c5cfd-751d-490a-894a-3ce6f1109419"] = "Azure Service Bus Data Owner",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
    };

    [Fact]
    public void The_identity_has_the_roles_that_the_app_needs_and_each_only_where_it_needs_it()
    {
        const string Account = "storageAccounts/stdata*";
        var queues = TemplateFiles.Queues.Select(queue => $"namespaces/sb-*/queues/{queue}").ToArray();
        string[] expected =
        [
            "Monitoring Metrics Publisher on components/appi-*",
            "Storage Blob Data Owner on storageAccounts/sthost*",
            .. TemplateFiles.Tables.Select(table =>
                $"Storage Table Data Contributor on {Account}/tableServices/default/tables/{table}"),
            "Storage Blob Data Contributor on "
                + $"{Account}/blobServices/default/containers/{TemplateFiles.Names["payloadContainer"]}",
            .. queues.Select(queue => $"Azure Service Bus Data Owner on {queue}"),
            "Key Vault Secrets User on vaults/kv-*",
        ];

        var assignments = Deployment.Default.All("Microsoft.Authorization/roleAssignments");

        Assert.Equal(expected, assignments.Select(assignment =>
        {
            var properties = assignment["properties"]!;
            Assert.Equal("{identity.principalId}", Deployment.Text(properties["principalId"]!));
            Assert.Equal("ServicePrincipal", (string)properties["principalType"]!);
            var role = ((string)properties["roleDefinitionId"]!).Split('/')[^1];
            return $"{Roles[role]} on {Scope((string)assignment["id"]!)}";
        }));
    }

    private static string Scope(string id) =>
        Token().Replace(ScopeInId().Match(id).Groups["scope"].Value, "*");

    [GeneratedRegex(@"^\[extensionResourceId\('/subscriptions/.*?/providers/[^/]+/(?<scope>[^']+)'")]
    private static partial Regex ScopeInId();

    [GeneratedRegex("(?<=sthost|stdata|-)[a-z0-9]{13}(?=/|$)")]
    private static partial Regex Token();
}
