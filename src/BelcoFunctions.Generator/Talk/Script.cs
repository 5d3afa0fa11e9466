using Bogus;

namespace BelcoFunctions.Generator.Talk;

/// <summary>How a conversation about one subject goes.</summary>
internal sealed record Script(string Subject, IReadOnlyList<Turn> Turns)
{
    private const float OptionalShare = 0.5f;
    private const float ThanksShare = 0.7f;
    private const float LaterShare = 0.55f;

    /// <summary>The turns that one conversation takes, each with its text.</summary>
    public IReadOnlyList<PlayedTurn> Play(Randomizer random, Phrases phrases)
    {
        List<PlayedTurn> played = [];
        var (choice, skipsAnswer) = (0, false);
        foreach (var turn in Turns)
        {
            if (turn.Kind is TurnKind.Later && !random.Bool(LaterShare)) break;
            if (turn.IsByCustomer) skipsAnswer = false;
            if (skipsAnswer) continue;
            if (!random.Bool(turn.Kind is TurnKind.Thanks ? ThanksShare : turn.IsOptional ? OptionalShare : 1))
            {
                // If the customer skips this question, skip the answer to it too.
                skipsAnswer = turn.Kind is TurnKind.Customer;
                continue;
            }

            if (!turn.IsPaired) choice = random.Int(0, int.MaxValue - 1);
            var texts = turn.Kind is TurnKind.Thanks ? phrases["thanks"] : turn.Texts;
            played.Add(new(turn.Kind, texts.Count == 0 ? "" : texts[choice % texts.Count], turn.File));
        }

        return played;
    }
}

/// <summary>A step of a script.</summary>
/// <param name="Kind">Who does what.</param>
/// <param name="Texts">What they may say.</param>
/// <param name="IsOptional">Whether half of the conversations leave it out.</param>
/// <param name="IsPaired">Whether its first text answers the first text of the previous turn, the second answers the second,
/// and so on.</param>
/// <param name="File">What is attached.</param>
internal sealed record Turn(TurnKind Kind, IReadOnlyList<string> Texts, bool IsOptional, bool IsPaired, TurnFile? File)
{
    public bool IsByCustomer => Kind is TurnKind.Customer or TurnKind.Later or TurnKind.Thanks;
}

/// <summary>A step of a conversation.</summary>
internal sealed record PlayedTurn(TurnKind Kind, string Text, TurnFile? File);

/// <summary>Who does what.</summary>
internal enum TurnKind
{
    Customer,

    /// <summary>The customer writes again, days after the conversation was closed.</summary>
    Later,

    /// <summary>The customer says thank you.</summary>
    Thanks,

    Agent,
    Note,

    /// <summary>An agent assigns the conversation to a colleague.</summary>
    Handover,
}

/// <summary>What is attached to a message.</summary>
internal enum TurnFile { Photo, Label, Invoice }
