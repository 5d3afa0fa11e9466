using System.Text.RegularExpressions;
using BelcoFunctions.Generator.People;
using BelcoFunctions.Generator.Talk;
using BelcoFunctions.Generator.Time;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>Turns the texts of a script into messages, as people write them on a channel.</summary>
internal sealed partial class Writer(
    Channel channel, Customer customer, Phrases phrases, Dictionary<string, string> words, Randomizer random)
{
    private const float ChatGreetingShare = 0.6f;
    private const float CasualShare = 0.2f;
    private const float QuoteShare = 0.4f;
    private const float PhoneShare = 0.12f;

    private readonly string signature = random.Bool(PhoneShare) ? $"\n\n{phrases.Pick("phone signature", random)}" : "";
    private string lastReply = "";

    /// <summary>The messages that a customer sends in a row: one in an e-mail, one for each paragraph elsewhere.</summary>
    public string[] Customer(string text, DateTimeOffset at, Agent agent, bool isFirst)
    {
        var local = AmsterdamTime.ToLocal(at);
        if (channel.IsEmail) return [Fill(Email(text, isFirst), local, agent)];
        if (isFirst && random.Bool(ChatGreetingShare)) text = Greeted(phrases.Pick("customer chat greeting", random), text);
        var casual = random.Bool(CasualShare);
        return [.. text.Split("\n\n").Select(part => Fill(casual ? Casual(part) : part, local, agent))];
    }

    /// <summary>An agent's reply.</summary>
    public string Agent(string text, DateTimeOffset at, Agent agent, bool isFirst)
    {
        var local = AmsterdamTime.ToLocal(at);
        if (channel.IsEmail)
        {
            text = $"{phrases.Pick("agent greeting", random)}\n\n{text}\n\n{phrases.Pick("agent closing", random)}\n{{agent}}\n"
                + phrases.Pick("agent signature", random);
        }
        else if (isFirst)
        {
            text = Greeted(phrases.Pick("agent chat greeting", random), text);
        }

        lastReply = Fill(text, local, agent);
        words["date"] = $"{phrases.DayOfMonth(local)} {local.Year} {local:HH:mm}";
        return lastReply;
    }

    /// <summary>A text without a greeting or a closing, for a note.</summary>
    public string Plain(string text, DateTimeOffset at, Agent agent) => Fill(text, AmsterdamTime.ToLocal(at), agent);

    private string Email(string text, bool isFirst)
    {
        var kind = isFirst ? "customer" : "customer reply";
        var name = isFirst ? $"{customer.FirstName} {customer.LastName}" : customer.FirstName;
        var email = $"{phrases.Pick($"{kind} greeting", random)}\n\n{text}\n\n{phrases.Pick($"{kind} closing", random)}\n{name}"
            + signature;
        return isFirst || !random.Bool(QuoteShare)
            ? email : $"{email}\n\n{phrases["quote"][0]}\n> {lastReply.Replace("\n", "\n> ", StringComparison.Ordinal)}";
    }

    private string Greeted(string greeting, string text) =>
        greeting.EndsWith(',') ? $"{greeting} {WithSmallInitial(text)}" : $"{greeting} {text}";

    private string Casual(string text) => WithSmallInitial(text).TrimEnd('.');

    // "I" is always written with a capital.
    private string WithSmallInitial(string text) => customer.Language is Language.English && text is ['I', ' ' or '\'', ..]
        ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private string Fill(string text, DateTime local, Agent agent) => Place().Replace(text, place => place.Groups[1].Value switch
    {
        "agent" => agent.FirstName,
        "good day" => phrases.GoodDay(local),
        // Nothing is delivered on a Sunday.
        "next day" => phrases.Weekday(local.AddDays(local.DayOfWeek is DayOfWeek.Saturday ? 2 : 1)),
        var name => words[name],
    });

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Place();
}
