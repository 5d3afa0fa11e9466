namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Every kind of page, for what must hold on all of them.</summary>
public enum PageKind
{
    Shops, List, EmptyList, Conversation, HostileList, HostileConversation, Event, HostileEvent, NotFound, WrongAddress,
    Live, LiveCharts, Report, ReportByAgent, HostileReport, ReportConversations, HostileReportConversations, WrongReport,
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
            case PageKind.Report:
                await reader.OpenReportAsync(SampleShops.Busy);
                break;
            case PageKind.ReportByAgent:
                await reader.OpenReportAsync(SampleShops.Samples, "&by=agent&hours=wed 11:00-12:00&timeZone=Europe/Amsterdam");
                break;
            case PageKind.HostileReport:
                await reader.OpenReportAsync(SampleShops.Hostile, "&by=channel");
                break;
            case PageKind.ReportConversations:
                await reader.OpenReportAsync(SampleShops.Busy);
                await reader.Page.Locator(".totals-of-report a").First.ClickAsync();
                await reader.Page.WaitForURLAsync("**/report/conversations?*");
                break;
            case PageKind.HostileReportConversations:
                await reader.OpenReportAsync(SampleShops.Hostile, "&by=agent");
                await reader.Page.Locator(".groups-of-report td a").First.ClickAsync();
                await reader.Page.WaitForURLAsync("**/report/conversations?*");
                break;
            case PageKind.WrongReport:
                await reader.OpenReportAsync(SampleShops.Busy, "&by=<b>\u202E&hours=mon&timeZone=Amsterdam");
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
