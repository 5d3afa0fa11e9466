using BelcoFunctions.Viewer.Pages;
using BelcoFunctions.Viewer.Repair;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The pages of dead letters.</summary>
internal static class DeadLetterEndpoints
{
    public static IResult Overview(IDeadLetterRepair repair) =>
        new RazorComponentResult<DeadLettersPage>(new { Groups = repair.Count(new()), repair.Runs });

    public static IResult Group(HttpContext http, IDeadLetterRepair repair)
    {
        if (DeadLetterAddress.Read(RequestFields.Of(http)) is not { Id: null, Queue: not null, Reason: not null } page)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        var selection = page with { After = null };
        return new RazorComponentResult<DeadLetterGroupPage>(new
        {
            Selection = selection,
            Group = repair.Count(selection) is [var group] ? group : null,
            Page = repair.List(page),
            IsFirst = page.After is null,
        });
    }

    public static async Task<IResult> LetterAsync(HttpContext http, IDeadLetterRepair repair)
    {
        if (IdOf(http) is not { } id) return ErrorPages.AddressNotUnderstood();
        return await repair.ReadAsync(id, http.RequestAborted) is { } found
            ? new RazorComponentResult<DeadLetterPage>(new { found.Letter, Result = found.Raw })
            : ErrorPages.DeadLetterNotFound();
    }

    public static async Task<IResult> RawAsync(HttpContext http, IDeadLetterRepair repair)
    {
        if (IdOf(http) is not { } id) return ErrorPages.AddressNotUnderstood();
        var found = await repair.ReadAsync(id, http.RequestAborted);
        return RawDownload.Of(found?.Raw, ErrorPages.DeadLetterNotFound());
    }

    /// <summary>Says what a redrive would do, and asks.</summary>
    public static IResult Ask(HttpContext http, IDeadLetterRepair repair)
    {
        if (DeadLetterAddress.Read(RequestFields.Of(http)) is not { } selection) return ErrorPages.AddressNotUnderstood();
        if (!RepairFields.TryReadLimit(http.Request.Query[RepairFields.Limit], RepairRun.MaxEvents, out var limit))
        {
            return ErrorPages.LimitNotUnderstood(RepairRun.MaxEvents);
        }

        var groups = repair.Count(selection with { Limit = limit ?? RepairRun.MaxEvents });
        var newest = groups.MaxBy(group => (group.Newest.DeadLetteredAt, group.Newest.Id))?.Newest;
        return new RazorComponentResult<RedrivePage>(new
        {
            // What becomes a dead letter from now on was not asked about.
            Selection = selection with { Through = newest },
            Groups = groups,
            Matching = repair.Count(selection).Sum(group => group.Count),
        });
    }

    /// <summary>Redrives, and leads to the page that says what came of it.</summary>
    public static async Task<IResult> RedriveAsync(HttpContext http, IAntiforgery antiforgery, IDeadLetterRepair repair)
    {
        if (await ViewerForm.ReadAsync(http, antiforgery) is not { } form) return ErrorPages.FormExpired();
        if (RepairFields.RunOf(form[RepairFields.Run]) is not { } run
            || DeadLetterAddress.Read(RequestFields.Of(form)) is not { Through: not null } selection)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        await repair.RedriveAsync(run, selection);
        return new SeeOther(DeadLetterAddress.Run(run));
    }

    public static IResult Run(HttpContext http, IDeadLetterRepair repair)
    {
        if (RepairFields.RunOf(http.Request.Query[RepairFields.Run]) is not { } id) return ErrorPages.AddressNotUnderstood();
        return repair.Find(id) is { } run
            ? new RazorComponentResult<RedriveRunPage>(new { Run = run }) : ErrorPages.RedriveNotKnown();
    }

    private static long? IdOf(HttpContext http) =>
        DeadLetterAddress.IdOf(RequestFields.Given(http.Request.Query, DeadLetterAddress.Id));
}
