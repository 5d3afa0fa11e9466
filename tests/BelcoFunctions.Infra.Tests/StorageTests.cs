using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The two storage accounts and the vault.</summary>
public sealed class StorageTests
{
    [Fact]
    public void The_template_creates_the_tables_of_the_library() => Assert.Equal(
        [ConversationTable.Name, PipelineStorage.UnprojectedEventsName],
        Deployment.Default.All("Microsoft.Storage/storageAccounts/tableServices/tables")
            .Select(table => Deployment.Name(table).Split('/')[2]));

    [Fact]
    public void The_template_creates_the_containers_of_the_library_and_of_the_deployment() => Assert.Equal(
        ["deployment", BlobPayloadStore.ContainerName],
        Deployment.Default.All("Microsoft.Storage/storageAccounts/blobServices/containers")
            .Select(container => Deployment.Name(container).Split('/')[2]));

    [Fact]
    public void The_host_and_the_rows_have_an_account_each_and_neither_accepts_a_key()
    {
        var accounts = Deployment.Default.All("Microsoft.Storage/storageAccounts");

        Assert.Equal(["sthost", "stdata"], accounts.Select(account => Deployment.Name(account)[..6]));
        Assert.All(accounts, account =>
        {
            Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!);
            Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!);
            Assert.Equal("TLS1_2", (string)account["properties"]!["minimumTlsVersion"]!);
        });
    }

    [Fact]
    public void A_deleted_payload_can_be_restored_for_a_week_unless_another_time_is_given()
    {
        Assert.Equal("""{"enabled":true,"days":7}""", Policy(Deployment.Default));
        Assert.Equal("""{"enabled":true,"days":30}""", Policy(Deployment.Customized));
        Assert.Equal("""{"enabled":false}""", Policy(Deployment.With(("PAYLOAD_SOFT_DELETE_DAYS", "0"))));

        static string Policy(Deployment deployment) => deployment.All("Microsoft.Storage/storageAccounts/blobServices")
            .Single(blobs => Deployment.Name(blobs).StartsWith("stdata", StringComparison.Ordinal))["properties"]![
                "deleteRetentionPolicy"]!.ToJsonString();
    }

    [Fact]
    public void A_deleted_secret_can_be_recovered_and_nobody_can_purge_it()
    {
        var vault = Deployment.Default.One("Microsoft.KeyVault/vaults")["properties"]!;

        Assert.True((bool)vault["enableRbacAuthorization"]!);
        Assert.True((bool)vault["enableSoftDelete"]!);
        Assert.True((bool)vault["enablePurgeProtection"]!);
        Assert.Equal("default", (string)vault["createMode"]!);
    }

    [Fact]
    public void The_template_puts_no_secret_into_the_vault() =>
        Assert.Empty(Deployment.Default.All("Microsoft.KeyVault/vaults/secrets"));

    [Fact]
    public void A_vault_deleted_by_azd_down_is_recovered_on_request() => Assert.Equal(
        "recover", (string)Deployment.Customized.One("Microsoft.KeyVault/vaults")["properties"]!["createMode"]!);
}
