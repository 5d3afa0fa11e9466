using System.Globalization;
using BelcoFunctions.Viewer.Repair;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The addresses of the pages of dead letters.</summary>
public static class DeadLetterAddress
{
    public const string Overview = "/dead-letters";
    public const string GroupPath = Overview + "/group";
    public const string LetterPath = Overview + "/letter";
    public const string RawPath = Overview + "/raw";
    public const string RedrivePath = Overview + "/redrive";
    public const string RunPath = Overview + "/run";

    internal const string Id = "id";
    internal const string Queue = "queue";

    private const string AfterTime = "afterTime";
    private const string AfterId = "afterId";

    public static string Group(string queue, string reason, DeadLetterPosition? after = null) => GroupPath + RequestFields.Query(
        (Queue, queue), (RepairFields.Reason, reason),
        (AfterTime, after is { } position ? RepairFields.ToText(position.DeadLetteredAt) : null),
        (AfterId, after is { } place ? Number(place.Id) : null));

    public static string Letter(long id) => LetterPath + RequestFields.Query((Id, Number(id)));

    public static string Raw(long id) => RawPath + RequestFields.Query((Id, Number(id)));

    public static string Redrive(DeadLetterSelection selection) => RedrivePath + RequestFields.Query(Fields(selection));

    public static string Run(Guid run) => RunPath + RequestFields.Query((RepairFields.Run, run.ToString("N")));

    /// <summary>What names a selection in an address and in a form.</summary>
    internal static (string Name, string? Value)[] Fields(DeadLetterSelection selection) =>
    [
        (Id, selection.Id is { } id ? Number(id) : null), (Queue, selection.Queue), (RepairFields.Reason, selection.Reason),
    ];

    /// <summary>Null if the id is none.</summary>
    internal static DeadLetterSelection? Read(Func<string, string?> given)
    {
        var id = given(Id);
        if (id is null) return new(Queue: given(Queue), Reason: given(RepairFields.Reason));
        return IdOf(id) is { } number ? new(number) : null;
    }

    internal static long? IdOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Where a page begins; null for the first page.</summary>
    internal static DeadLetterPosition? ReadPosition(IQueryCollection query) =>
        RequestFields.TimeOf(query[AfterTime]) is { } time && IdOf(query[AfterId]) is { } id
            ? new DeadLetterPosition(time, id) : null;

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
