using Bogus;

namespace BelcoFunctions.Generator.Talk;

/// <summary>Phrases that conversations of all subjects share, by their purpose.</summary>
internal sealed class Phrases(IReadOnlyDictionary<string, IReadOnlyList<string>> phrases)
{
    public IReadOnlyList<string> this[string purpose] => phrases[purpose];

    public string Pick(string purpose, Randomizer random) => random.ListItem([.. phrases[purpose]]);

    /// <summary>A greeting for the time of day.</summary>
    public string GoodDay(DateTime time) => phrases[time.Hour switch
    {
        < 12 => "morning",
        < 18 => "afternoon",
        _ => "evening",
    }][0];

    public string DayOfMonth(DateTime time) => $"{time.Day} {phrases["months"][time.Month - 1]}";

    public string Weekday(DateTime time) => phrases["weekdays"][(int)time.DayOfWeek];
}
