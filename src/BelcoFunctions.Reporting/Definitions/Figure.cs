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

    /// <summary>Those of them in which a customer has written and no agent has.</summary>
    Waiting,

    /// <summary>Messages of customers.</summary>
    CustomerMessages,

    /// <summary>Messages of agents.</summary>
    AgentMessages,

    /// <summary>First messages of an agent after the customer's first; each has a length.</summary>
    FirstResponse,

    /// <summary>Closes that have a length: the time since the conversation was opened.</summary>
    TimeToClose,

    /// <summary>First messages of an agent that come before any of a customer: there is nothing to respond to.</summary>
    AgentBegan,

    /// <summary>First messages of an agent in a conversation whose first item never arrived: its length is not known.</summary>
    FirstItemMissing,

    /// <summary>Closes without a length: it is not known since when the conversation was open.</summary>
    CloseWithoutOpening,

    /// <summary>Conversations with something in the range for which Belco never said when they began.</summary>
    CreationUnknown,

    /// <summary>Conversations whose status at the end comes from a snapshot that differs from what the events say: it changed,
    /// and no event said so.</summary>
    ChangedWithoutEvent,

    /// <summary>Conversations that began before the end, and whose status at the end nothing says.</summary>
    StatusUnknown,

    /// <summary>Conversations whose status at the end may be another: the raw event of a snapshot that comes first cannot be
    /// read.</summary>
    StatusUncertain,

    /// <summary>Conversations that lost a part of the range by erasing.</summary>
    PartlyErased,
}

/// <summary>What a figure is like.</summary>
public static class Figures
{
    public static IReadOnlyList<Figure> All { get; } = Enum.GetValues<Figure>();

    /// <summary>What a report counts and cannot know, or what a reader would otherwise take for an error.</summary>
    public static IReadOnlyList<Figure> Unknown { get; } = [.. All.Where(figure => figure >= Figure.AgentBegan)];

    /// <summary>Whether its occurrences have a length, which has a median.</summary>
    public static bool HasLength(this Figure figure) => figure is Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether an agent does it. Only such figures can be divided by agent.</summary>
    public static bool HasAgent(this Figure figure) =>
        figure is Figure.AgentMessages or Figure.Closed or Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether it happens at a moment. Only such figures can be divided by day.</summary>
    public static bool HasMoment(this Figure figure) => figure is Figure.Opened or Figure.Closed or Figure.Reopened
        or Figure.CustomerMessages or Figure.AgentMessages or Figure.FirstResponse or Figure.TimeToClose;

    /// <summary>Whether a figure can be divided so.</summary>
    public static bool Divides(this GroupBy by, Figure figure) => by switch
    {
        GroupBy.Agent => figure.HasAgent(),
        GroupBy.Day => figure.HasMoment(),
        _ => figure < Figure.AgentBegan,
    };
}
