using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>A schedule that can be run again: the chosen index at each step. After its end, the first step is
/// chosen.</summary>
/// <param name="Choices">Mostly zeros: nobody interferes.</param>
internal sealed record Recording(IReadOnlyList<int> Choices)
{
    public override string ToString() => string.Join(' ', Choices.Index()
        .Where(choice => choice.Item != 0).Select(choice => $"{choice.Index}:{choice.Item}"));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Recording Parse(string text)
    {
        var choices = new List<int>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var index, var choice])
                throw new FormatException($"{part} is not a step and its choice.");
            var place = int.Parse(index, System.Globalization.CultureInfo.InvariantCulture);
            while (choices.Count <= place) choices.Add(0);
            choices[place] = int.Parse(choice, System.Globalization.CultureInfo.InvariantCulture);
        }

        return new Recording(choices);
    }
}

/// <summary>Makes the choices of a recording.</summary>
internal sealed class Replay(Recording recording) : IChooser
{
    private int next;

    public int? Choose(SimulatedRun run, IReadOnlyList<Step> steps)
    {
        var choice = next < recording.Choices.Count ? recording.Choices[next] : 0;
        next++;
        return choice < steps.Count ? choice : 0;
    }
}

/// <summary>Records the choices of another chooser.</summary>
internal sealed class Recorder(IChooser chooser) : IChooser
{
    private readonly List<int> choices = [];

    public Recording Recording => new([.. choices]);

    public int? Choose(SimulatedRun run, IReadOnlyList<Step> steps)
    {
        var choice = chooser.Choose(run, steps);
        if (choice is { } place) choices.Add(place);
        return choice;
    }
}
