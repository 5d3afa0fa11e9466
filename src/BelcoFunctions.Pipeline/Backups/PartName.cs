using System.Globalization;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>The name of a file of a backup, such as <c>Conversations-000001.jsonl</c>. The order of names is the order in which a
/// restore writes the files: a payload comes before the row that names it.</summary>
/// <param name="Section">What the rows are.</param>
/// <param name="Number">From 1.</param>
/// <param name="HasRows">False for the payloads of the part's rows.</param>
internal readonly partial record struct PartName(BackupSection Section, int Number, bool HasRows) : IComparable<PartName>
{
    private const string Extension = ".jsonl";
    private const string PayloadsExtension = ".payloads" + Extension;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Section}-{Number:D6}{(HasRows ? Extension : PayloadsExtension)}");

    /// <summary>Null if no part has this name. Names come from a manifest that anybody may have written: only these exact names
    /// are accepted, and none of them leaves the folder.</summary>
    public static PartName? Parse(string text)
    {
        var match = Name().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)) return null;
        PartName name = new(
            Enum.Parse<BackupSection>(match.Groups["section"].Value), number, !match.Groups["payloads"].Success);
        return name.Number > 0 && name.ToString() == text ? name : null;
    }

    public int CompareTo(PartName other) =>
        (Section, Number, HasRows).CompareTo((other.Section, other.Number, other.HasRows));

    [GeneratedRegex(
        @"^(?<section>UnprojectedEvents|Conversations|Erasures)-(?<number>[0-9]{6,9})(?<payloads>\.payloads)?\.jsonl\z")]
    private static partial Regex Name();
}
