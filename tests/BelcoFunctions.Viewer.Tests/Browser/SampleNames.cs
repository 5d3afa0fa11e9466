using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The names in the sample shops. The shop with Belco's samples has none.</summary>
internal static class SampleNames
{
    public const string Agent = "Ada Lovelace";
    public const string AgentId = "agent-1";
    public const string Customer = "Zoë van Dam";
    public const string CustomerId = "customer-7";

    /// <summary>The name of everybody in the hostile shop: as much of it as a row has.</summary>
    public const string Hostile = "\u202E=1\0" + SampleShops.Script;

    public static async Task WriteAsync(PipelineStorage storage)
    {
        var table = storage.Conversations;
        await NameRows.WriteAsync(table, SampleShops.Busy, AgentId, Agent, NameKind.User);
        await NameRows.WriteAsync(table, SampleShops.Busy, CustomerId, Customer, NameKind.Contact);
        foreach (var id in (string[])[SampleShops.HostileId, SampleShops.Script])
        {
            await NameRows.WriteAsync(
                table, SampleShops.Hostile, id, Hostile + new string('W', 10_000), NameKind.User, NameKind.Contact);
        }
    }
}
