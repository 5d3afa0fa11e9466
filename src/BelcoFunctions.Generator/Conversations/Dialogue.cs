using System.Globalization;
using BelcoFunctions.Generator.People;
using BelcoFunctions.Generator.Talk;
using BelcoFunctions.Generator.Time;
using BelcoFunctions.Generator.Webhooks;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>Plays one conversation: who does what, and when.</summary>
internal sealed class Dialogue
{
    private const float OwnAssignmentShare = 0.35f;
    private const float LeadAssignmentShare = 0.2f;
    private const float CloseBeforeThanksShare = 0.2f;
    private const float WelcomeShare = 0.6f;
    private const float NeverClosedShare = 0.05f;
    private const float ClosedTooEarlyShare = 0.03f;

    private static readonly TimeSpan Live = TimeSpan.FromMinutes(30);

    private readonly GeneratedShop shop;
    private readonly ConversationHistory history;
    private readonly Channel channel;
    private readonly Phrases phrases;
    private readonly Dictionary<string, string> words;
    private readonly Writer writer;
    private readonly Randomizer random;
    private readonly IReadOnlyList<PlayedTurn> turns;
    private Agent agent;
    private DateTimeOffset at;
    private bool hasAnswer;

    private Dialogue(GeneratedShop shop, Customer customer, DateTimeOffset start, Randomizer random)
    {
        (this.shop, this.random, at) = (shop, random, start);
        var talk = TalkBook.In(customer.Language);
        phrases = talk.Phrases;
        channel = Channel.Pick(random);
        history = new(random.BelcoId(), shop.Id, customer, channel, start);
        words = Purchase.Describe(customer, start, phrases, random);
        writer = new(channel, customer, phrases, words, random);
        agent = AnyAgent();
        turns = random.ListItem([.. talk.Scripts]).Play(random, phrases);
    }

    /// <summary>The whole history of a conversation.</summary>
    public static ConversationHistory Play(GeneratedShop shop, Customer customer, DateTimeOffset start, Randomizer random)
    {
        var dialogue = new Dialogue(shop, customer, start, random);
        for (var turn = 0; turn < dialogue.turns.Count; turn++)
        {
            dialogue.Play(dialogue.turns[turn]);
            var isLast = turn == dialogue.turns.Count - 1;
            if (isLast ? !random.Bool(NeverClosedShare) : dialogue.turns[turn + 1].Kind is TurnKind.Later) dialogue.Close();
        }

        return dialogue.history;
    }

    private void Play(PlayedTurn turn)
    {
        switch (turn.Kind)
        {
            case TurnKind.Customer:
                if (history.Items.Count > 0) at = WhenCustomerReplies();
                Write(turn);
                break;
            case TurnKind.Later:
                at = Arrivals.Awake(at + random.Span(TimeSpan.FromDays(2), TimeSpan.FromDays(8)), random);
                hasAnswer = false;
                Write(turn);
                break;
            case TurnKind.Thanks:
                Thank(turn);
                break;
            case TurnKind.Agent:
                Answer(turn.Text, turn.File, WhenAgentActs());
                break;
            case TurnKind.Note:
                at = WhenAgentActs();
                Take();
                history.AddNote(writer.Plain(turn.Text, at, agent), at, agent, random);
                break;
            case TurnKind.Handover:
                HandOver();
                break;
        }
    }

    private void Write(PlayedTurn turn)
    {
        var isFirst = history.Items.Count == 0;
        // Belco creates the conversation some milliseconds before its first item.
        if (isFirst) at = at.AddMilliseconds(random.Int(12, 30));
        var bodies = writer.Customer(turn.Text, at, agent, isFirst);
        for (var i = 0; i < bodies.Length; i++)
        {
            if (i > 0) at += random.Span(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(80));
            history.AddCustomerMessage(bodies[i], at, Page(), i == bodies.Length - 1 ? FileOf(turn.File) : null, random);
            if (history.State.Status == "closed") history.AddReopening(null, at.AddMilliseconds(random.Int(150, 950)), random);
        }
    }

    private void Answer(string text, TurnFile? file, DateTimeOffset when)
    {
        at = when;
        Take();
        history.AddAgentMessage(writer.Agent(text, at, agent, isFirst: !hasAnswer), at, agent, FileOf(file), random);
        hasAnswer = true;
    }

    private void Thank(PlayedTurn turn)
    {
        if (random.Bool(CloseBeforeThanksShare)) Close();
        at = WhenCustomerReplies();
        Write(turn);
        var answered = WhenAgentActs();
        // Nobody answers a word of thanks the next morning, or by e-mail.
        if (channel.IsEmail || answered - at > Live || !random.Bool(WelcomeShare)) return;
        Answer(phrases.Pick("welcome", random), file: null, answered);
    }

    private void HandOver()
    {
        at = WhenAgentActs();
        Take();
        var colleague = random.ListItem([.. shop.Agents.Where(other => other != agent)]);
        at += random.Span(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2));
        history.AddAssignment(agent, colleague, at, random);
        agent = colleague;
    }

    // The first agent who acts gets the conversation. Often Belco sends no event for that.
    private void Take()
    {
        if (history.State.AssignedTo is not null) return;
        var chance = random.Float();
        if (chance >= OwnAssignmentShare + LeadAssignmentShare)
        {
            history.AssignWithoutEvent(agent);
            return;
        }

        history.AddAssignment(chance < OwnAssignmentShare ? agent : shop.Agents[0], agent, at, random);
        at += random.Span(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3));
    }

    private void Close()
    {
        if (history.State.Status == "closed") return;
        var lastIsByAgent = history.Items[^1].Item.Reference!.Id == agent.Id;
        at = lastIsByAgent
            ? at + random.Span(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(50))
            : OfficeHours.After(at, random.Span(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(40)));
        history.AddClose(agent, at, random);
        if (!random.Bool(ClosedTooEarlyShare)) return;
        at += random.Span(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
        history.AddReopening(agent, at, random);
        at += random.Span(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
        history.AddClose(agent, at, random);
    }

    private DateTimeOffset WhenAgentActs()
    {
        var isByAgent = history.Items[^1].Item.Reference!.Id == agent.Id;
        var longest = isByAgent ? TimeSpan.FromMinutes(5) : hasAnswer ? channel.NextReply : channel.FirstReply;
        var shortest = longest < TimeSpan.FromHours(1) ? TimeSpan.FromSeconds(40) : TimeSpan.FromMinutes(6);
        return OfficeHours.After(at, random.Span(shortest, longest));
    }

    // During a chat, the customer waits for the answer, but not all night.
    private DateTimeOffset WhenCustomerReplies()
    {
        var asked = history.Items.Last(item => item.Item.Reference!.Type == "customer").Item.CreatedAt;
        var longest = at - asked < Live ? channel.CustomerReply : TimeSpan.FromHours(channel.IsEmail ? 30 : 5);
        return Arrivals.Awake(at + random.Span(TimeSpan.FromSeconds(30), longest), random);
    }

    private Agent AnyAgent() => random.ListItem([.. shop.Agents]);

    private string Page() => random.ArrayElement(
        IsDutch ? ["Klantenservice", "Mijn bestellingen", "Verzenden en retourneren", Capital(words["product"])]
        : ["Customer service", "My orders", "Shipping and returns", Capital(words["product"])]);

    private WebhookAttachment[]? FileOf(TurnFile? file) =>
        file is { } kind ? [Attachment.Create(kind, IsDutch, words, random)] : null;

    private bool IsDutch => history.Customer.Language is Language.Dutch;

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
}
