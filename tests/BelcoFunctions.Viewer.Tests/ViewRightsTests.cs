using System.Text.RegularExpressions;
using BelcoFunctions.Cli.Accounts;

namespace BelcoFunctions.Viewer.Tests;

[Collection(SharedAzurite.Name)]
public sealed class ViewRightsTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task View_with_a_wrong_key_says_so()
    {
        var key = Convert.ToBase64String(new byte[64]);
        var wrong = Regex.Replace(azurite.ConnectionString, "AccountKey=[^;]+", $"AccountKey={key}");
        var result = await BelcoProgram.RunAsync(["view", "--port", "0", "--storage", wrong]);
        result.AssertError("refused the key or the signature in --storage");
    }

    [Theory]
    [InlineData("AccountName=a;AccountKey=b;", "with the account key in the connection string")]
    [InlineData(
        "TableEndpoint=https://a;SharedAccessSignature=sv=1", "with the shared access signature in the connection string")]
    [InlineData("UseDevelopmentStorage=true", "with the account key in the connection string")]
    public async Task It_says_whose_rights_a_connection_string_gives(string account, string rights) =>
        Assert.Equal(rights, await ArchiveAccess.DescribeAsync(account, CancellationToken.None));
}
