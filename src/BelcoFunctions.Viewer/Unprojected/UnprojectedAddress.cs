using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Shared.Repair;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Unprojected;

/// <summary>The addresses of the pages of unprojected events.</summary>
public static class UnprojectedAddress
{
    public const string Overview = "/unprojected";
    public const string GroupPath = Overview + "/group";
    public const string EventPath = Overview + "/event";
    public const string RawPath = Overview + "/raw";
    public const string ReplayPath = Overview + "/replay";
    public const string RunPath = Overview + "/run";

    internal const string EventName = "event";
    internal const string Key = "key";

    private const int HashLength = 64;

    public static string Group(string eventName, string reason, string? after = null) => GroupPath + RequestFields.Query(
        (EventName, eventName), (RepairFields.Reason, reason), (ListAddress.AfterName, after));

    public static string Event(string eventName, string key) => EventPath + Identity(eventName, key);

    public static string Raw(string eventName, string key) => RawPath + Identity(eventName, key);

    public static string Replay(UnprojectedSelection selection) => ReplayPath + RequestFields.Query(Fields(selection));

    public static string Run(Guid run) => RunPath + RequestFields.Query((RepairFields.Run, run.ToString("N")));

    /// <summary>The fields that name a selection in an address and in a form.</summary>
    internal static (string Name, string? Value)[] Fields(UnprojectedSelection selection) =>
    [
        (EventName, selection.EventName), (Key, selection.Key), (RepairFields.Reason, selection.Reason),
        (RepairFields.Through, RepairFields.ToText(selection.Through)),
    ];

    /// <summary>Returns null if the key cannot be a key.</summary>
    internal static UnprojectedSelection? Read(Func<string, string?> given)
    {
        var selection = new UnprojectedSelection
        {
            EventName = given(EventName),
            Key = given(Key),
            Reason = given(RepairFields.Reason),
        };
        return selection is { Key: null } or { EventName: not null, Key: not null } && IsKey(selection.Key) ? selection : null;
    }

    /// <summary>True if the text has the form of a key, or is null. The service would refuse some other texts.</summary>
    internal static bool IsKey(string? key) => key is null || key.Length == HashLength && key.All(char.IsAsciiHexDigitUpper);

    private static QueryString Identity(string eventName, string key) =>
        RequestFields.Query((EventName, eventName), (Key, key));
}
