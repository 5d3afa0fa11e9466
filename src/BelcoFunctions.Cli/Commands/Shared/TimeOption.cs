using System.CommandLine;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Reporting.Time;
using NodaTime;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Options whose value is a date or a time.</summary>
internal static class TimeOption
{
    /// <summary>A date means its midnight. A time without an offset is in UTC.</summary>
    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var (time, error) = TimeText.Read(name, result.Tokens[0].Value, DateTimeZone.Utc);
            if (error is not null) result.AddError(DisplayText.Clean(error));
            return time;
        },
    };
}
