using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Viewer.Pages;
using BelcoFunctions.Viewer.Repair;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The pages of unprojected events.</summary>
internal static class UnprojectedEndpoints
{
    public static async Task<IResult> OverviewAsync(HttpContext http, UnprojectedReader reader, IReplayRuns runs) =>
        new RazorComponentResult<UnprojectedPage>(new
        {
            Groups = await reader.CountAsync(http.RequestAborted),
            runs.Runs,
        });

    public static async Task<IResult> GroupAsync(HttpContext http, UnprojectedReader reader)
    {
        var after = RequestFields.Given(http.Request.Query, ListAddress.AfterName);
        if (UnprojectedAddress.Read(RequestFields.Of(http)) is not { Key: null, EventName: not null } selection
            || !UnprojectedAddress.IsKey(after))
        {
            return ErrorPages.AddressNotUnderstood();
        }

        return new RazorComponentResult<UnprojectedGroupPage>(new
        {
            Selection = selection,
            Page = await reader.ListAsync(selection with { AfterKey = after }, http.RequestAborted),
            IsFirst = after is null,
        });
    }

    public static async Task<IResult> EventAsync(HttpContext http, UnprojectedEventQuery query) =>
        await ReadAsync(http, query) is { } found
            ? new RazorComponentResult<UnprojectedEventPage>(new { found.Event, Result = found.Raw })
            : ErrorPages.UnprojectedEventNotFound();

    public static async Task<IResult> RawAsync(HttpContext http, UnprojectedEventQuery query) =>
        RawDownload.Of((await ReadAsync(http, query))?.Raw, ErrorPages.UnprojectedEventNotFound());

    /// <summary>Says what a replay would do, and asks.</summary>
    public static async Task<IResult> AskAsync(HttpContext http, UnprojectedReader reader, IReplayRuns runs, TimeProvider time)
    {
        if (UnprojectedAddress.Read(RequestFields.Of(http)) is not { } selection) return ErrorPages.AddressNotUnderstood();
        if (!RepairFields.TryReadLimit(http.Request.Query[RepairFields.Limit], int.MaxValue, out var limit))
        {
            return ErrorPages.LimitNotUnderstood(int.MaxValue);
        }

        selection = selection with { Through = time.GetUtcNow() };
        return new RazorComponentResult<ReplayPage>(new
        {
            Selection = selection,
            Limit = limit,
            Preview = await reader.PreviewAsync(selection, limit, http.RequestAborted),
            Running = runs.Runs.FirstOrDefault(run => !run.IsDone),
        });
    }

    /// <summary>Begins a replay, and leads to the page that says how far it is.</summary>
    public static async Task<IResult> ReplayAsync(HttpContext http, IAntiforgery antiforgery, IReplayRuns runs)
    {
        if (await ViewerForm.ReadAsync(http, antiforgery) is not { } form) return ErrorPages.FormExpired();
        if (RepairFields.RunOf(form[RepairFields.Run]) is not { } id
            || RequestFields.TimeOf(form[RepairFields.Through]) is not { } through
            || !RepairFields.TryReadLimit(form[RepairFields.Limit], int.MaxValue, out var limit)
            || UnprojectedAddress.Read(RequestFields.Of(form)) is not { } selection)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        var run = runs.Begin(id, selection with { Through = through }, limit);
        return run.Id == id ? new SeeOther(UnprojectedAddress.Run(id)) : ErrorPages.ReplayRuns(run.Id);
    }

    public static IResult Run(HttpContext http, IReplayRuns runs)
    {
        if (RepairFields.RunOf(http.Request.Query[RepairFields.Run]) is not { } id) return ErrorPages.AddressNotUnderstood();
        return runs.Find(id) is { } run
            ? new RazorComponentResult<ReplayRunPage>(new { Run = run }) : ErrorPages.ReplayNotKnown();
    }

    private static async Task<(UnprojectedEvent Event, RawEventResult Raw)?> ReadAsync(
        HttpContext http, UnprojectedEventQuery query) =>
        UnprojectedAddress.Read(RequestFields.Of(http)) is { EventName: { } name, Key: { } key }
            ? await query.ReadAsync(name, key, http.RequestAborted) : null;
}
