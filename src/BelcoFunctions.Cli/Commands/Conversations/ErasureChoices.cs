using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>How an operator wants to erase.</summary>
/// <param name="DryRun">Only count.</param>
/// <param name="Yes">Do not ask.</param>
/// <param name="Format">The format of the receipt.</param>
internal sealed record ErasureChoices(bool DryRun, bool Yes, ListOutput.Format Format)
{
    /// <summary>True if no confirmation is needed, or the user can be asked.</summary>
    public bool CanGoOn(bool canAsk) => DryRun || Yes || canAsk;
}
