namespace BelcoFunctions.Viewer.Charts;

/// <summary>A chart with one value for each category and series. The page also has a table with the same numbers.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">How values are drawn.</param>
/// <param name="Unit">What the values measure.</param>
/// <param name="Categories">From left to right: minutes, days, or anything else.</param>
/// <param name="Series">From bottom to top. At most one of each <see cref="ChartTone"/>.</param>
public sealed record Chart(
    string Title, ChartKind Kind, ChartUnit Unit, IReadOnlyList<ChartCategory> Categories, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>What the chart shows, in a sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The heading of the table's first column, like <c>Minute</c>.</summary>
    public string CategoryName { get; init; } = "";

    /// <summary>The text to show if there are no values, or only zeros.</summary>
    public string Empty { get; init; } = "Nothing to show yet.";

    /// <summary>Whether there is nothing to draw.</summary>
    public bool IsEmpty => Series.All(series => series.Values.All(value => value is null or 0));
}

/// <summary>A place on the horizontal axis.</summary>
/// <param name="Name">Its full name, for the table.</param>
/// <param name="Tick">Its text on the axis; null for none.</param>
/// <param name="Link">The address of a page with more details; null if there is none.</param>
public sealed record ChartCategory(string Name, string? Tick, string? Link = null)
{
    /// <summary>The moment, if the category is one. The table shows it in the reader's time zone.</summary>
    public DateTimeOffset? Time { get; init; }
}

/// <summary>A series of values, drawn in one colour.</summary>
/// <param name="Name">Their name in the legend.</param>
/// <param name="Tone">Their colour. <see cref="ChartTone.Red"/> is striped as well.</param>
/// <param name="Values">One for each category, zero or greater; null if a category has no value. Times are in
/// seconds.</param>
public sealed record ChartSeries(string Name, ChartTone Tone, IReadOnlyList<double?> Values);

/// <summary>How values are drawn.</summary>
public enum ChartKind
{
    /// <summary>A bar for each category, with the series stacked on each other.</summary>
    StackedBars,

    /// <summary>A line for each series. The second is dashed.</summary>
    Lines,
}

/// <summary>What values count.</summary>
public enum ChartUnit
{
    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Seconds.</summary>
    Time,
}

/// <summary>The colours. They differ from each other in the light theme and in the dark theme.</summary>
public enum ChartTone
{
    Blue, Green, Amber, Red, Violet, Grey,
}
