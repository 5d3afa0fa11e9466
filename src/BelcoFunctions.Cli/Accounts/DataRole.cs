namespace BelcoFunctions.Cli.Accounts;

/// <summary>What somebody who signs in to Azure must be allowed to do with an account's tables and blobs.</summary>
/// <param name="Name">The value of the template's setting that gives it.</param>
/// <param name="Roles">Azure's names of it.</param>
internal sealed record DataRole(string Name, string Roles)
{
    /// <summary>The setting of the azd environment that gives a role to whoever deploys.</summary>
    public const string Setting = "DEPLOYER_DATA_ROLE";

    public static DataRole Reader { get; } = new("reader", "Storage Table Data Reader and Storage Blob Data Reader");

    public static DataRole Contributor { get; } =
        new("contributor", "Storage Table Data Contributor and Storage Blob Data Contributor");

    /// <summary>For a description of <c>--storage</c>.</summary>
    public string Needed => $"With https, you need the roles {Roles}";
}
