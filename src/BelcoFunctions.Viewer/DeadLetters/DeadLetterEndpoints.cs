using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Shared.Repair;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>The pages of dead letters, in a host that has <see cref="IDeadLetters"/> and <see cref="IRedriveRuns"/>.</summary>
public static class DeadLetterEndpoints
{
    /// <summary>Adds the entry in the navigation. The host must add <see cref="IDeadLetters"/> and
    /// <see cref="IRedriveRuns"/>.</summary>
    public static IServiceCollection AddDeadLetters(this IServiceCollection services) =>
        services.AddSingleton(new ViewerSection(DeadLetterAddress.Overview, "Dead letters"));

    /// <summary>Adds the pages.</summary>
    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DeadLetterAddress.Overview, Overview);
        routes.MapGet(DeadLetterAddress.GroupPath, Group);
        routes.MapGet(DeadLetterAddress.LetterPath, LetterAsync);
        routes.MapGet(DeadLetterAddress.RawPath, RawAsync);
        routes.MapGet(DeadLetterAddress.RedrivePath, Ask);
        routes.MapPost(DeadLetterAddress.RedrivePath, RedriveAsync);
        routes.MapGet(DeadLetterAddress.RunPath, Run);
    }

    private static RazorComponentResult<DeadLettersPage> Overview(IDeadLetters letters, IRedriveRuns runs) =>
        new(new { Groups = letters.Count(new()), runs.Runs });

    private static IResult Group(HttpContext http, IDeadLetters letters)
    {
        if (DeadLetterAddress.Read(RequestFields.Read(http)) is not { Id: null, Queue: not null, Reason: not null } page)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        var selection = page with { After = null };
        return new RazorComponentResult<DeadLetterGroupPage>(new
        {
            Selection = selection,
            Group = letters.Count(selection) is [var group] ? group : null,
            Page = letters.List(page),
            IsFirst = page.After is null,
        });
    }

    private static async Task<IResult> LetterAsync(HttpContext http, IDeadLetters letters)
    {
        if (IdOf(http) is not { } id) return ErrorPages.AddressNotUnderstood();
        return await letters.ReadAsync(id, http.RequestAborted) is { } found
            ? new RazorComponentResult<DeadLetterPage>(new { found.Letter, Result = found.Raw })
            : DeadLetterErrors.DeadLetterNotFound();
    }

    private static async Task<IResult> RawAsync(HttpContext http, IDeadLetters letters)
    {
        if (IdOf(http) is not { } id) return ErrorPages.AddressNotUnderstood();
        var found = await letters.ReadAsync(id, http.RequestAborted);
        return RawDownload.From(found?.Raw, DeadLetterErrors.DeadLetterNotFound());
    }

    /// <summary>The page that shows what a redrive would do, and asks for confirmation.</summary>
    private static IResult Ask(HttpContext http, IDeadLetters letters)
    {
        if (DeadLetterAddress.Read(RequestFields.Read(http)) is not { } selection) return ErrorPages.AddressNotUnderstood();
        if (!RepairFields.TryReadLimit(http.Request.Query[RepairFields.Limit], RepairRun.MaxEvents, out var limit))
        {
            return ErrorPages.LimitNotUnderstood(RepairRun.MaxEvents);
        }

        var groups = letters.Count(selection with { Limit = limit ?? RepairRun.MaxEvents });
        var newest = groups.MaxBy(group => (group.Newest.DeadLetteredAt, group.Newest.Id))?.Newest;
        return new RazorComponentResult<RedrivePage>(new
        {
            // Leave out dead letters that arrive from now on: the reader has not seen them.
            Selection = selection with { Through = newest },
            Groups = groups,
            Matching = letters.Count(selection).Sum(group => group.Count),
        });
    }

    /// <summary>Redrives, and leads to the page with the results.</summary>
    private static async Task<IResult> RedriveAsync(HttpContext http, IAntiforgery antiforgery, IRedriveRuns runs)
    {
        if (await ViewerForm.ReadAsync(http, antiforgery) is not { } form) return ErrorPages.FormExpired();
        if (RepairFields.RunOf(form[RepairFields.Run]) is not { } run
            || DeadLetterAddress.Read(RequestFields.Read(form)) is not { Through: not null } selection)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        await runs.RedriveAsync(run, selection);
        return new SeeOther(DeadLetterAddress.Run(run));
    }

    private static IResult Run(HttpContext http, IRedriveRuns runs)
    {
        if (RepairFields.RunOf(http.Request.Query[RepairFields.Run]) is not { } id) return ErrorPages.AddressNotUnderstood();
        return runs.Find(id) is { } run
            ? new RazorComponentResult<RedriveRunPage>(new { Run = run }) : DeadLetterErrors.RedriveNotKnown();
    }

    private static long? IdOf(HttpContext http) =>
        DeadLetterAddress.IdOf(RequestFields.Given(http.Request.Query, DeadLetterAddress.Id));
}
