using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Every kind of page, for what must hold on all of them.</summary>
public enum PageKind
{
    Shops, List, EmptyList, WaitingList, HostileFilter, WrongDates,
    Conversation, HostileList, HostileConversation, Event, HostileEvent, NotFound, WrongAddress,
    Live, LiveCharts,
    DeadLetters, DeadLetterGroup, DeadLetter, HostileDeadLetter, DeadLetterWithoutBody, Redrive, RedriveRun, RunNotKnown,
    Unprojected, UnprojectedGroup, UnprojectedEvent, Replay,
    Report, ReportByAgent, HostileReport, ReportConversations, HostileReportConversations, WrongReport,
    Completeness, HostileCompleteness,
    Search, HostileSearch, SearchHelp, SearchShops, WrongSearch,
}

internal static class PageKinds
{
    private const string NotProjected = "events of this name are not projected.";

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
            case PageKind.WaitingList:
                await reader.Page.GotoAsync(Reader.Shop(SampleShops.Busy).Filtered(new() { IsWaiting = true }));
                break;
            case PageKind.HostileFilter:
                await reader.Page.GotoAsync(Reader.Shop(SampleShops.Busy).Filtered(new(
                    SampleShops.Script, SampleShops.HostileId, "\u202E" + SampleShops.Script, SampleShops.Script)));
                break;
            case PageKind.WrongDates:
                await reader.Page.GotoAsync(
                    $"/conversations?shop={SampleShops.Busy}&since=<b>\u202E&timeZone=<script>alert(1)</script>");
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
                // One month: the rows for two years would test no more, and take axe a minute.
                await reader.Page.GotoAsync($"{ListAddress.Report(SampleShops.Busy)}&since=2026-02-15&until=2026-03-15");
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
            case PageKind.Completeness:
                await reader.Page.GotoAsync(ListAddress.CompletenessPath);
                break;
            case PageKind.HostileCompleteness:
                await reader.Page.GotoAsync(ListAddress.Completeness(SampleShops.Hostile));
                break;
            case PageKind.Search:
                await reader.SearchAsync(SampleShops.Busy, "message zoe");
                break;
            case PageKind.HostileSearch:
                await reader.SearchAsync(SampleShops.Hostile, "<script>document.title='pwned'</script>");
                break;
            case PageKind.SearchHelp:
                await reader.SearchAsync(SampleShops.Busy, null);
                break;
            case PageKind.SearchShops:
                await reader.SearchAsync(null, SampleShops.Script);
                break;
            case PageKind.WrongSearch:
                await reader.SearchAsync(SampleShops.Busy, "\u202E" + new string('x', 300));
                break;
            case PageKind.NotFound:
                await reader.Page.GotoAsync("/nowhere");
                break;
            case PageKind.WrongAddress:
                await reader.Page.GotoAsync("/conversations");
                break;
            case PageKind.DeadLetters:
                await reader.Page.GotoAsync(DeadLetterAddress.Overview);
                break;
            case PageKind.DeadLetterGroup:
                await reader.Page.GotoAsync(DeadLetterAddress.Group(QueueNames.ConversationReplied, "Failed"));
                break;
            case PageKind.DeadLetter:
                await reader.Page.GotoAsync(DeadLetterAddress.Letter(SampleRepairs.Duplicate));
                break;
            case PageKind.HostileDeadLetter:
                await reader.Page.GotoAsync(DeadLetterAddress.Letter(SampleRepairs.Hostile));
                break;
            case PageKind.DeadLetterWithoutBody:
                await reader.Page.GotoAsync(DeadLetterAddress.Letter(SampleRepairs.BlobMissing));
                break;
            case PageKind.Redrive:
                await reader.Page.GotoAsync(DeadLetterAddress.RedrivePath);
                break;
            case PageKind.RedriveRun:
                // A redrive of this dead letter always fails again.
                await reader.RedriveAsync(DeadLetterAddress.Redrive(new(SampleRepairs.Hostile)));
                break;
            case PageKind.RunNotKnown:
                await reader.Page.GotoAsync(DeadLetterAddress.Run(Guid.Empty));
                break;
            case PageKind.Unprojected:
                await reader.Page.GotoAsync(UnprojectedAddress.Overview);
                break;
            case PageKind.UnprojectedGroup:
                await reader.Page.GotoAsync(UnprojectedAddress.Group(SampleRepairs.HostileEvent, NotProjected));
                break;
            case PageKind.UnprojectedEvent:
                await reader.Page.GotoAsync(UnprojectedAddress.Group(SampleRepairs.HostileEvent, NotProjected));
                await reader.Page.Locator("a.what-event").ClickAsync();
                await reader.Page.WaitForURLAsync("**/unprojected/event?*");
                break;
            case PageKind.Replay:
                await reader.Page.GotoAsync(UnprojectedAddress.ReplayPath);
                break;
        }
    }
}
