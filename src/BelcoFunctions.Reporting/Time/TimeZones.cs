using NodaTime;

namespace BelcoFunctions.Reporting.Time;

/// <summary>Finds a time zone by its name in the tz database, like <c>Europe/Amsterdam</c>.</summary>
public static class TimeZones
{
    private const int Suggestions = 3;
    private const int MaxLength = 60;

    private static IDateTimeZoneProvider Zones => DateTimeZoneProviders.Tzdb;

    /// <summary>The time zone, or a sentence that suggests similar names.</summary>
    public static (DateTimeZone? Zone, string? Error) Find(string name)
    {
        if (Zones.Ids.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return (Zones[found], null);
        }

        return (null, $"There is no time zone \"{name}\". {(Near(name) is { Count: > 0 } near
            ? $"Did you mean {string.Join(" or ", near)}?" : "Give a name like Europe/Amsterdam or UTC.")}");
    }

    // People often type a city alone, so compare with the city of each zone too. The distance in letters allows for a typing
    // error.
    private static IReadOnlyList<string> Near(string name)
    {
        if (name.Length is 0 or > MaxLength) return [];
        var wanted = name.Replace(' ', '_');
        return
        [
            .. Zones.Ids.Where(id => id.Contains('/') || id.Length == name.Length)
                .Select(id => (Id: id,
                    Distance: Math.Min(Distance(id, wanted), Distance(id[(id.LastIndexOf('/') + 1)..], wanted))))
                .Where(zone => zone.Distance <= Math.Max(1, name.Length / 4))
                .OrderBy(zone => zone.Distance).ThenBy(zone => zone.Id, StringComparer.Ordinal)
                .Take(Suggestions).Select(zone => zone.Id),
        ];
    }

    /// <summary>How many letters to add, remove or change (Levenshtein).</summary>
    private static int Distance(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= second.Length; j++)
            {
                var equal = char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (equal ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
