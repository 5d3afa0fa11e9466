using System.Globalization;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>Reads a <c>$filter</c>.</summary>
internal sealed class ConditionParser(string text)
{
    private int position;

    public Condition Parse()
    {
        List<KeyComparison> keys = [];
        var all = Or(keys);
        if (Peek() != '\0') throw Invalid();
        return new Condition(row => keys.TrueForAll(key => key.Holds(row)), KeyBounds.Of(keys), all);
    }

    private Func<StoredRow, bool> Or(List<KeyComparison> keys)
    {
        List<KeyComparison> ofFirst = [];
        var first = And(ofFirst);
        if (!TryRead("or"))
        {
            keys.AddRange(ofFirst);
            return first;
        }

        var second = Or([]);
        return row => first(row) || second(row);
    }

    private Func<StoredRow, bool> And(List<KeyComparison> keys)
    {
        var first = Not(keys);
        if (!TryRead("and")) return first;
        var second = And(keys);
        return row => first(row) && second(row);
    }

    private Func<StoredRow, bool> Not(List<KeyComparison> keys)
    {
        if (TryRead("not"))
        {
            var negated = Not([]);
            return row => !negated(row);
        }

        if (Peek() == '(')
        {
            position++;
            var inner = Or(keys);
            if (Peek() != ')') throw Invalid();
            position++;
            return inner;
        }

        return Comparison(keys);
    }

    private Func<StoredRow, bool> Comparison(List<KeyComparison> keys)
    {
        var (column, comparison, literal) = (Word(), Word(), Literal());
        Func<int, bool> holds = comparison switch
        {
            "eq" => order => order == 0,
            "ne" => order => order != 0,
            "gt" => order => order > 0,
            "ge" => order => order >= 0,
            "lt" => order => order < 0,
            "le" => order => order <= 0,
            _ => throw Invalid(),
        };
        bool Compare(StoredRow row) => Order(row[column], literal) is { } order && holds(order);
        if (column is "PartitionKey" or "RowKey") keys.Add(new KeyComparison(column, comparison, literal as string, Compare));
        return Compare;
    }

    private static int? Order(object? value, object literal) => (value, literal) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (int a, int b) => a.CompareTo(b),
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => null,
    };

    private object Literal()
    {
        if (Peek() == '\'') return Quoted();
        var word = Word();
        return word switch
        {
            "true" => true,
            "false" => false,
            "datetime" => DateTimeOffset.Parse(Quoted(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ when word.EndsWith('L') && long.TryParse(word[..^1], CultureInfo.InvariantCulture, out var number) => number,
            _ when int.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            _ when double.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Invalid(),
        };
    }

    private string Quoted()
    {
        if (position >= text.Length || text[position] != '\'') throw Invalid();
        for (var end = position + 1; ; end++)
        {
            end = text.IndexOf('\'', end);
            if (end < 0) throw Invalid();
            if (end + 1 < text.Length && text[end + 1] == '\'')
            {
                end++;
                continue;
            }

            var quoted = text[(position + 1)..end].Replace("''", "'", StringComparison.Ordinal);
            position = end + 1;
            return quoted;
        }
    }

    private bool TryRead(string word)
    {
        var start = position;
        if (Peek() != '\0' && Word() == word) return true;
        position = start;
        return false;
    }

    private string Word()
    {
        Peek();
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.' or '-'))
            position++;
        return text[start..position];
    }

    private char Peek()
    {
        while (position < text.Length && text[position] == ' ') position++;
        return position < text.Length ? text[position] : '\0';
    }

    private static StoreRefusal Invalid() => new(400, "InvalidInput");
}
