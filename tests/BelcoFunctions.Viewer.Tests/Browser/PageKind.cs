namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Every kind of page, for what must hold on all of them.</summary>
public enum PageKind
{
    Shops, List, EmptyList, Conversation, HostileList, HostileConversation, Event, HostileEvent, NotFound, WrongAddress,
    Live, LiveCharts,
}

internal static class PageKinds
{
    public static TheoryData<PageKind> All => [.. Enum.GetValues<PageKind>()];

    public static async Task OpenAsync(this Reader reader, PageKind kind)
    {
        switch (kind)
        {
            case PageKind.Shops:
                await reader.Page.GotoAsync("/");
                break;
            case PageKind.List:
                await reader.OpenListAsync(SampleShops.Busy);
                break;
            case PageKind.EmptyList:
                await reader.Page.GotoAsync($"/conversations?shop={SampleShops.Busy}&status=none");
                break;
            case PageKind.Conversation:
                await reader.OpenSamplesAsync();
                break;
            case PageKind.HostileList:
                await reader.OpenListAsync(SampleShops.Hostile);
                break;
            case PageKind.HostileConversation:
                await reader.OpenConversationAsync(SampleShops.Hostile, SampleShops.HostileConversation);
                break;
            case PageKind.Event:
                await reader.OpenFirstEventAsync(SampleShops.Samples, PayloadFiles.ConversationId);
                break;
            case PageKind.HostileEvent:
                await reader.OpenFirstEventAsync(SampleShops.Hostile, SampleShops.HostileConversation);
                break;
            case PageKind.Live:
                await reader.Page.GotoAsync("/live");
                break;
            case PageKind.LiveCharts:
                await reader.Page.GotoAsync("/live/charts");
                break;
            case PageKind.NotFound:
                await reader.Page.GotoAsync("/nowhere");
                break;
            case PageKind.WrongAddress:
                await reader.Page.GotoAsync("/conversations");
                break;
        }
    }
}
