using BelcoFunctions.Cli.Azurite;

namespace BelcoFunctions.Cli.Accounts;

/// <summary>Describes the rights that an account is read with.</summary>
internal static class ArchiveAccess
{
    private const string Signature = "SharedAccessSignature=";

    /// <summary>The second half of a sentence, like "as ann@example.com". It contains no secret.</summary>
    /// <param name="account">As <c>--storage</c> takes it.</param>
    /// <param name="cancellationToken">Stops asking az.</param>
    public static async Task<string> DescribeAsync(string account, CancellationToken cancellationToken)
    {
        if (StorageAccount.TableService(account) is not null)
            return $"as {await SignedInUserAsync(cancellationToken) ?? "the user who is signed in to az"}";
        return account.Contains(Signature, StringComparison.OrdinalIgnoreCase)
            ? "with the shared access signature in the connection string"
            : "with the account key in the connection string";
    }

    private static async Task<string?> SignedInUserAsync(CancellationToken cancellationToken)
    {
        // On Windows, az is a script. Only cmd can start it by that name.
        var (program, first) = OperatingSystem.IsWindows() ? ("cmd", (string[])["/c", "az"]) : ("az", []);
        var az = await ProgramRun.RunToEndAsync(
            program, [.. first, "account", "show", "--query", "user.name", "--output", "tsv"], null, cancellationToken);
        return az.ExitCode == 0 && az.Output.Trim() is { Length: > 0 } name ? name : null;
    }
}
