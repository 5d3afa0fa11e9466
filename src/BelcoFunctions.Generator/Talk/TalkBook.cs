namespace BelcoFunctions.Generator.Talk;

/// <summary>Everything that is said in one language, read from the file of that language.</summary>
/// <remarks> A first-level heading in the file begins a subject. A second-level heading begins a turn. Each list item is one
/// way to say the turn, and in a chat, each further paragraph in it is a separate message. Words in brackets after a turn:
/// <c>maybe</c> (half of the conversations leave it out), <c>paired</c> (the first text answers the first text of the
/// previous turn, and so on), and the file that is attached. </remarks>
internal sealed class TalkBook
{
    private const string PhrasesSubject = "Phrases";

    private static readonly TalkBook Dutch = new("nl");
    private static readonly TalkBook English = new("en");

    private TalkBook(string name)
    {
        var subjects = Read(name).ToList();
        Phrases = new Phrases(subjects.Single(subject => subject.Title == PhrasesSubject).Turns
            .ToDictionary(turn => turn.Heading, turn => (IReadOnlyList<string>)turn.Texts));
        Scripts = [.. subjects.Where(subject => subject.Title != PhrasesSubject)
            .Select(subject => new Script(subject.Title, [.. subject.Turns.Select(turn => ToTurn(turn.Heading, turn.Texts))]))];
    }

    public Phrases Phrases { get; }

    public IReadOnlyList<Script> Scripts { get; }

    public static TalkBook In(Language language) => language is Language.Dutch ? Dutch : English;

    private static Turn ToTurn(string heading, IReadOnlyList<string> texts)
    {
        var words = heading.Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        TurnFile? file = Enum.GetValues<TurnFile>().Where(value => words.Contains($"{value}".ToLowerInvariant()))
            .Select(value => (TurnFile?)value).SingleOrDefault();
        return new(
            Enum.Parse<TurnKind>(words[0], ignoreCase: true), texts, words.Contains("maybe"), words.Contains("paired"), file);
    }

    private static IEnumerable<(string Title, List<(string Heading, List<string> Texts)> Turns)> Read(string name)
    {
        using var stream = typeof(TalkBook).Assembly.GetManifestResourceStream($"Talk/{name}.md")!;
        using var lines = new StreamReader(stream);
        (string Title, List<(string Heading, List<string> Texts)> Turns)? subject = null;
        var glue = "";
        while (lines.ReadLine() is { } line)
        {
            var texts = subject?.Turns.LastOrDefault().Texts;
            switch (line)
            {
                case ['#', ' ', .. var title]:
                    if (subject is { } read) yield return read;
                    subject = (title, []);
                    break;
                case ['#', '#', ' ', .. var heading]:
                    subject!.Value.Turns.Add((heading, []));
                    break;
                case ['-', ' ', .. var text]:
                    texts!.Add(text);
                    break;
                case "":
                    glue = "\n\n";
                    continue;
                default:
                    texts![^1] += glue + line.Trim();
                    break;
            }

            glue = " ";
        }

        yield return subject!.Value;
    }
}
