using System.Globalization;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Applies a filter to rows one after the other, and remembers which of its conditions no row met.</summary>
internal sealed class FilterScan(ResolvedFilter filter)
{
    private readonly Criterion[] criteria = [.. filter.Criteria()];
    private readonly HashSet<Criterion> met = [];

    /// <summary>How many rows were read.</summary>
    public int Scanned { get; private set; }

    public bool Matches(TableEntity row)
    {
        Scanned++;
        var matches = true;
        foreach (var criterion in criteria)
        {
            if (criterion.IsMet(row)) met.Add(criterion);
            else matches = false;
        }

        return matches;
    }

    /// <summary>Sentences about values that no conversation has.</summary>
    /// <param name="isComplete">Whether every row was read that may match.</param>
    public IReadOnlyList<string> Notes(bool isComplete)
    {
        var hasDates = filter.Filter.Since is not null || filter.Filter.Until is not null;
        if (Scanned == 0) return isComplete && hasDates ? ["No conversation was last active in this time."] : [];
        var subject = isComplete && !hasDates ? "No conversation"
            : string.Create(CultureInfo.InvariantCulture, $"Of the conversations that were searched ({Scanned:N0}), none");
        return [.. criteria.Where(each => !met.Contains(each)).Select(each => $"{subject} {each.Predicate}.")];
    }
}
