using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>How an operator wants to erase.</summary>
/// <param name="DryRun">Only count.</param>
/// <param name="Yes">Do not ask.</param>
/// <param name="Output">The form of the receipt.</param>
internal sealed record ErasureChoices(bool DryRun, bool Yes, ListOutput.Format Output)
{
    /// <summary>Whether the erasure needs no answer, or gets one.</summary>
    public bool CanGoOn(bool canAsk) => DryRun || Yes || canAsk;
}
