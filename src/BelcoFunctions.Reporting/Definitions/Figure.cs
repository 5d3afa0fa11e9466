namespace BelcoFunctions.Reporting.Definitions;

/// <summary>The figures of a report. <see cref="Occurrences"/> and docs/reporting.md have the definition of each.</summary>
public enum Figure
{
    /// <summary>Conversations that began.</summary>
    Opened,

    /// <summary>Closes.</summary>
    Closed,

    /// <summary>Reopenings.</summary>
    Reopened,

    /// <summary>Conversations that were open at the end of the range.</summary>
    OpenAtEnd,

    /// <summary>Conversations of <see cref="OpenAtEnd"/> in which a customer has written, but no agent.</summary>
    Waiting,

    /// <summary>Messages of customers.</summary>
    CustomerMessages,

    /// <summary>Messages of agents.</summary>
    AgentMessages,

    /// <summary>The first message of an agent, after the customer's first message. It has a length.</summary>
    FirstResponse,

    /// <summary>Closes that have a length: the time since the conversation was opened.</summary>
    TimeToClose,

    /// <summary>The first message of an agent, before any message of a customer: there is nothing to respond to.</summary>
    AgentBegan,

    /// <summary>The first message of an agent in a conversation whose first item never arrived: the length is
    /// unknown.</summary>
    FirstItemMissing,

    /// <summary>Closes without a length: it is unknown when the conversation was opened.</summary>
    CloseWithoutOpening,

    /// <summary>Conversations with an event in the range, but with an unknown beginning: Belco never sent it.</summary>
    CreationUnknown,

    /// <summary>Conversations whose status at the end comes from a snapshot and differs from the last close or reopening: the
    /// status changed without an event.</summary>
    ChangedWithoutEvent,

    /// <summary>Conversations that began before the end, with an unknown status at the end.</summary>
    StatusUnknown,

    /// <summary>Conversations whose status at the end may be wrong: a snapshot with a higher version cannot be read.</summary>
    StatusUncertain,

    /// <summary>Conversations that were partly erased, up to a moment in the range or later.</summary>
    PartlyErased,
}

/// <summary>The properties of the figures.</summary>
public static class Figures
{
    public static IReadOnlyList<Figure> All { get; } = Enum.GetValues<Figure>();

    /// <summary>Figures that count what a report cannot know, or what a reader would otherwise take for an error.</summary>
    public static IReadOnlyList<Figure> Unknown { get; } = [.. All.Where(figure => figure >= Figure.AgentBegan)];

    /// <summary>Whether its occurrences have a length, so that the figure has a median.</summary>
    public static bool HasLength(this Figure figure) => figure is Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether an agent does it. Only such figures can be divided by agent.</summary>
    public static bool HasAgent(this Figure figure) =>
        figure is Figure.AgentMessages or Figure.Closed or Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether it happens at a moment. Only such figures can be divided by day.</summary>
    public static bool HasMoment(this Figure figure) => figure is Figure.Opened or Figure.Closed or Figure.Reopened
        or Figure.CustomerMessages or Figure.AgentMessages or Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether a figure can be divided in this way.</summary>
    public static bool Divides(this GroupBy by, Figure figure) => by switch
    {
        GroupBy.Agent => figure.HasAgent(),
        GroupBy.Day => figure.HasMoment(),
        _ => figure < Figure.AgentBegan,
    };
}
