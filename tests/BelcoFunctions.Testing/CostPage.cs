using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Testing;

/// <summary>docs/cost.md: the figures in its tables, and the formulas that compute a month from them.</summary>
internal sealed partial class CostPage
{
    public const string Path = "docs/cost.md";

    /// <summary>The column for an event that is alone in its batch and begins a conversation.</summary>
    public const string FirstOfConversation = "1 in a batch, the first of its conversation";

    private readonly IReadOnlyList<(string[] Header, string[] Row)> rows;

    private CostPage(string text)
    {
        Formulas = Formula().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        rows = [.. Table().Matches(text).SelectMany(table => Rows(table.Value))];
    }

    /// <summary>The right side of each formula by its left side, in the order of the page.</summary>
    public IReadOnlyDictionary<string, string> Formulas { get; }

    public static CostPage Read() => new(DocumentationPage.Read(Path).Text);

    /// <summary>The figure in a row, from the last column whose header begins the text <paramref name="column"/>. So the column
    /// for "1 in a batch, …" is "1 in a batch" in a table that has no other, and a column without a header is for any.</summary>
    public decimal Figure(string row, string column)
    {
        var found = rows.Where(each => each.Row[0] == row).ToList();
        Assert.True(found.Count == 1, $"{Path} has {found.Count} rows '{row}'.");
        var (header, cells) = found[0];
        return Number(cells[Array.FindLastIndex(header, cell => column.StartsWith(cell, StringComparison.Ordinal))]);
    }

    /// <summary>The value of a formula. A name in it is another formula, a quantity, or the row of a figure.</summary>
    public decimal Evaluate(string formula, string column, IReadOnlyDictionary<string, decimal> quantities)
    {
        using var calculator = new DataTable { Locale = CultureInfo.InvariantCulture };
        // With a decimal point, every number is a decimal, which is exact. An Int32 could overflow.
        var numbers = Operand().Replace(Formulas[formula],
            operand => Value(operand.Value.Trim()).ToString("0.0########", CultureInfo.InvariantCulture));
        return (decimal)calculator.Compute(numbers.Replace('×', '*'), filter: null);

        decimal Value(string operand) =>
            Constant().Match(operand) is { Success: true } constant ? Number(constant.Groups[1].Value)
            : Formulas.ContainsKey(operand) ? Evaluate(operand, column, quantities)
            : quantities.TryGetValue(operand, out var quantity) ? quantity
            : Figure(operand, column);
    }

    private static IEnumerable<(string[] Header, string[] Row)> Rows(string table)
    {
        string[][] lines = [.. table.TrimEnd().Split('\n').Select(Cells)];
        return lines.Skip(2).Select(row => (lines[0], row));
    }

    private static string[] Cells(string line) =>
        [.. line.Trim('|').Split('|').Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim())];

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^- `([^=`]+) = ([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"(?:^\|.*\|\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"[^\s×+/()][^×+/()]*")]
    private static partial Regex Operand();

    // A number with or without a unit, such as 1,000 or 2 GB.
    [GeneratedRegex("^([0-9][0-9,.]*)(?: [A-Za-z]+)?$")]
    private static partial Regex Constant();
}
