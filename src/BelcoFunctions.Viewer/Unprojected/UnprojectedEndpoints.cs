using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Shared.Repair;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Viewer.Unprojected;

/// <summary>The pages of unprojected events, in a host that has <see cref="IReplayRuns"/>.</summary>
public static class UnprojectedEndpoints
{
    /// <summary>Adds the services that the pages need, and their entry in the navigation. The host must add
    /// <see cref="IReplayRuns"/>.</summary>
    public static IServiceCollection AddUnprojected(this IServiceCollection services) => services
        .AddSingleton<UnprojectedReader>()
        .AddSingleton(new ViewerSection(UnprojectedAddress.Overview, "Unprojected"));

    /// <summary>Adds the pages.</summary>
    public static void MapUnprojected(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(UnprojectedAddress.Overview, OverviewAsync);
        routes.MapGet(UnprojectedAddress.GroupPath, GroupAsync);
        routes.MapGet(UnprojectedAddress.EventPath, EventAsync);
        routes.MapGet(UnprojectedAddress.RawPath, RawAsync);
        routes.MapGet(UnprojectedAddress.ReplayPath, AskAsync);
        routes.MapPost(UnprojectedAddress.ReplayPath, ReplayAsync);
        routes.MapGet(UnprojectedAddress.RunPath, Run);
    }

    private static async Task<IResult> OverviewAsync(HttpContext http, UnprojectedReader reader, IReplayRuns runs) =>
        new RazorComponentResult<UnprojectedPage>(new
        {
            Groups = await reader.CountAsync(http.RequestAborted),
            runs.Runs,
        });

    private static async Task<IResult> GroupAsync(HttpContext http, UnprojectedReader reader)
    {
        var after = RequestFields.Given(http.Request.Query, ListAddress.AfterName);
        if (UnprojectedAddress.Read(RequestFields.Read(http)) is not { Key: null, EventName: not null } selection
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

    private static async Task<IResult> EventAsync(HttpContext http, UnprojectedEventQuery query) =>
        await ReadAsync(http, query) is { } found
            ? new RazorComponentResult<UnprojectedEventPage>(new { found.Event, Result = found.Raw })
            : UnprojectedErrors.EventNotFound();

    private static async Task<IResult> RawAsync(HttpContext http, UnprojectedEventQuery query) =>
        RawDownload.From((await ReadAsync(http, query))?.Raw, UnprojectedErrors.EventNotFound());

    /// <summary>The page that shows what a replay would do, and asks for confirmation.</summary>
    private static async Task<IResult> AskAsync(HttpContext http, UnprojectedReader reader, IReplayRuns runs, TimeProvider time)
    {
        if (UnprojectedAddress.Read(RequestFields.Read(http)) is not { } selection) return ErrorPages.AddressNotUnderstood();
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

    /// <summary>Begins a replay, and leads to the page with its progress.</summary>
    private static async Task<IResult> ReplayAsync(HttpContext http, IAntiforgery antiforgery, IReplayRuns runs)
    {
        if (await ViewerForm.ReadAsync(http, antiforgery) is not { } form) return ErrorPages.FormExpired();
        if (RepairFields.RunOf(form[RepairFields.Run]) is not { } id
            || RequestFields.TimeOf(form[RepairFields.Through]) is not { } through
            || !RepairFields.TryReadLimit(form[RepairFields.Limit], int.MaxValue, out var limit)
            || UnprojectedAddress.Read(RequestFields.Read(form)) is not { } selection)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        var run = runs.Begin(id, selection with { Through = through }, limit);
        return run.Id == id ? new SeeOther(UnprojectedAddress.Run(id)) : UnprojectedErrors.AnotherIsRunning(run.Id);
    }

    private static IResult Run(HttpContext http, IReplayRuns runs)
    {
        if (RepairFields.RunOf(http.Request.Query[RepairFields.Run]) is not { } id) return ErrorPages.AddressNotUnderstood();
        return runs.Find(id) is { } run
            ? new RazorComponentResult<ReplayRunPage>(new { Run = run }) : UnprojectedErrors.ReplayNotKnown();
    }

    private static async Task<(UnprojectedEvent Event, RawEventResult Raw)?> ReadAsync(
        HttpContext http, UnprojectedEventQuery query) =>
        UnprojectedAddress.Read(RequestFields.Read(http)) is { EventName: { } name, Key: { } key }
            ? await query.ReadAsync(name, key, http.RequestAborted) : null;
}
