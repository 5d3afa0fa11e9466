namespace BelcoFunctions.Viewer.Charts;

/// <summary>A chart: for each category a value of each series. A table with the same numbers is behind it.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">How values are drawn.</param>
/// <param name="Unit">What they count.</param>
/// <param name="Categories">From left to right: minutes, days, or anything else.</param>
/// <param name="Series">From bottom to top. At most one of each <see cref="ChartTone"/>.</param>
public sealed record Chart(
    string Title, ChartKind Kind, ChartUnit Unit, IReadOnlyList<ChartCategory> Categories, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>What the chart says, in a sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the first column of the table has, like <c>Minute</c>.</summary>
    public string CategoryName { get; init; } = "";

    /// <summary>What is shown if there are no values, or only zeros.</summary>
    public string Empty { get; init; } = "Nothing to show yet.";

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null or 0));
}

/// <summary>A place on the horizontal axis.</summary>
/// <param name="Name">Its full name, for the table.</param>
/// <param name="Tick">What the axis says there; null for nothing.</param>
/// <param name="Link">An address of the viewer that shows more of it, if there is one.</param>
public sealed record ChartCategory(string Name, string? Tick, string? Link = null)
{
    /// <summary>If the category is a moment, that moment. The table shows it in the reader's time zone.</summary>
    public DateTimeOffset? Time { get; init; }
}

/// <summary>Values that belong together.</summary>
/// <param name="Name">Their name in the legend.</param>
/// <param name="Tone">Their colour. <see cref="ChartTone.Red"/> is striped as well.</param>
/// <param name="Values">One for each category, none negative; null if there is none. Times are in seconds.</param>
public sealed record ChartSeries(string Name, ChartTone Tone, IReadOnlyList<double?> Values);

/// <summary>How values are drawn.</summary>
public enum ChartKind
{
    /// <summary>A bar for each category; the series stand on each other.</summary>
    StackedBars,

    /// <summary>A line for each series. The second is dashed.</summary>
    Lines,
}

/// <summary>What values count.</summary>
public enum ChartUnit
{
    /// <summary>Things.</summary>
    Count,

    /// <summary>Seconds.</summary>
    Time,
}

/// <summary>The colours, which differ in both themes.</summary>
public enum ChartTone
{
    Blue, Green, Amber, Red, Violet, Grey,
}
