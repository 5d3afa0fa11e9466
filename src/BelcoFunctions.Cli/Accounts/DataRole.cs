namespace BelcoFunctions.Cli.Accounts;

/// <summary>The rights on an account's tables and blobs that a user who signs in to Azure needs.</summary>
/// <param name="Name">The value of <see cref="Setting"/> that assigns the role.</param>
/// <param name="Roles">The names of the roles in Azure.</param>
internal sealed record DataRole(string Name, string Roles)
{
    /// <summary>The setting of the azd environment that assigns a role to the user who deploys.</summary>
    public const string Setting = "DEPLOYER_DATA_ROLE";

    public static DataRole Reader { get; } = new("reader", "Storage Table Data Reader and Storage Blob Data Reader");

    public static DataRole Contributor { get; } =
        new("contributor", "Storage Table Data Contributor and Storage Blob Data Contributor");

    /// <summary>For a description of <c>--storage</c>.</summary>
    public string Needed => $"With https, you need the roles {Roles}";
}
