using System.Globalization;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Shared.Repair;
using BelcoFunctions.Viewer.Web;

namespace BelcoFunctions.Viewer.DeadLetters;

/// <summary>The addresses of the pages of dead letters.</summary>
public static class DeadLetterAddress
{
    public const string Overview = ViewerSection.DeadLettersPath;
    public const string GroupPath = Overview + "/group";
    public const string LetterPath = Overview + "/letter";
    public const string RawPath = Overview + "/raw";
    public const string RedrivePath = Overview + "/redrive";
    public const string RunPath = Overview + "/run";

    internal const string Id = "id";
    internal const string Queue = "queue";

    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string Group(string queue, string reason, DeadLetterPosition? after = null) =>
        GroupPath + RequestFields.Query(Fields(new(Queue: queue, Reason: reason) { After = after }));

    public static string Letter(long id) => LetterPath + RequestFields.Query((Id, Number(id)));

    public static string Raw(long id) => RawPath + RequestFields.Query((Id, Number(id)));

    public static string Redrive(DeadLetterSelection selection) => RedrivePath + RequestFields.Query(Fields(selection));

    public static string Run(Guid run) => RunPath + RequestFields.Query((RepairFields.Run, run.ToString("N")));

    /// <summary>The fields that name a selection in an address and in a form.</summary>
    internal static (string Name, string? Value)[] Fields(DeadLetterSelection selection) =>
    [
        (Id, selection.Id is { } id ? Number(id) : null), (Queue, selection.Queue), (RepairFields.Reason, selection.Reason),
        (ListAddress.AfterName, ToText(selection.After)), (RepairFields.Through, ToText(selection.Through)),
    ];

    /// <summary>Returns null if the id is not a number.</summary>
    internal static DeadLetterSelection? Read(Func<string, string?> given)
    {
        var id = given(Id);
        if (id is not null && IdOf(id) is null) return null;
        return new(IdOf(id), given(Queue), given(RepairFields.Reason))
        {
            After = PositionOf(given(ListAddress.AfterName)),
            Through = PositionOf(given(RepairFields.Through)),
        };
    }

    internal static long? IdOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static DeadLetterPosition? PositionOf(string? text) =>
        text?.Split('.') is [var time, var id] && IdOf(time) is { } milliseconds && milliseconds <= LastMillisecond
            && IdOf(id) is { } number ? new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), number) : null;

    private static string? ToText(DeadLetterPosition? position) => position is { } place
        ? $"{Number(place.DeadLetteredAt.ToUnixTimeMilliseconds())}.{Number(place.Id)}" : null;

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
